package io.recupero.source;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;
import scala.jdk.javaapi.CollectionConverters;

/** Reads SQL with Spark's own parser, which needs neither a session nor data. */
final class SqlCheck {

  /** A quoted text, or (groups) a name. */
  private static final Pattern WORD =
      Pattern.compile("'[^']*'|\"[^\"]*\"|`([^`]*)`|([\\p{L}_][\\p{L}\\p{N}_]*)");

  private static final CatalystSqlParser PARSER = new CatalystSqlParser();

  private SqlCheck() {}

  /**
   * Returns the names of the columns that an expression reads, having noted what is wrong with it.
   */
  static Set<String> expression(Mapping.Sql sql, String what, List<Problem> problems) {
    try {
      Set<String> columns = new LinkedHashSet<>();
      walk(PARSER.parseExpression(sql.text()), columns, sql, what, problems);
      return columns;
    } catch (
        Exception
            e) { // Scala does not declare its ParseException, which Java holds to be a checked one
      problems.add(
          sql.place()
              .problem(
                  "Invalid expression for "
                      + what
                      + ": "
                      + complaint(e)
                      + " Expression: "
                      + sql.text()));
      return Set.of();
    }
  }

  static void query(Mapping.Sql sql, String what, List<Problem> problems) {
    try {
      PARSER.parsePlan(sql.text());
    } catch (Exception e) {
      int line =
          e instanceof ParseException p && p.start().line().isDefined()
              ? (int) p.start().line().get()
              : 0;
      problems.add(
          new Problem(
              sql.place().file(),
              sql.place().line() + line,
              "Invalid query of " + what + ": " + complaint(e)));
    }
  }

  /** Returns those of the names that a query mentions. */
  static Set<String> mentioned(String sql, Collection<String> names) {
    Set<String> found = new LinkedHashSet<>();
    for (String name : names) {
      if (Pattern.compile("(?i)\\b" + Pattern.quote(name) + "\\b").matcher(sql).find()) {
        found.add(name);
      }
    }
    return found;
  }

  /** Returns everything in a piece of SQL that may be a column's name, in back quotes or bare. */
  static Set<String> words(String sql) {
    Set<String> words = new LinkedHashSet<>();
    Matcher word = WORD.matcher(sql);
    while (word.find()) {
      for (int i = 1; i <= word.groupCount(); i++) {
        if (word.group(i) != null) {
          words.add(word.group(i));
        }
      }
    }
    return words;
  }

  /** Tells whether a column is known, whatever its case. */
  static boolean has(Collection<String> columns, String name) {
    return columns.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static void walk(
      Expression expression,
      Set<String> columns,
      Mapping.Sql sql,
      String what,
      List<Problem> problems) {
    if (expression instanceof UnresolvedAttribute attribute) {
      columns.add(attribute.nameParts().head());
    }
    if (expression instanceof UnresolvedFunction function) {
      String name = function.nameParts().last().toLowerCase(Locale.ROOT);
      if (!name.equals(NumberText.FUNCTION)
          && !FunctionRegistry.builtin().functionExists(new FunctionIdentifier(name))) {
        problems.add(
            sql.place()
                .problem(
                    "Invalid expression for "
                        + what
                        + ": there is no function "
                        + name
                        + "."
                        + Nearest.question(name, functions())));
      }
    }
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      walk(child, columns, sql, what, problems);
    }
  }

  private static Set<String> functions() {
    Set<String> names = new TreeSet<>(List.of("parse_date", "parse_time", "parse_number"));
    CollectionConverters.asJava(FunctionRegistry.builtin().listFunction())
        .forEach(f -> names.add(f.funcName()));
    return names;
  }

  /** Returns the first line of what Spark says; the rest repeats the query. */
  static String complaint(Exception e) {
    return String.valueOf(e.getMessage()).strip().split("\n")[0];
  }
}
