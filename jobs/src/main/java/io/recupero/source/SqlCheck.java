package io.recupero.source;

import static org.apache.spark.sql.functions.expr;

import io.recupero.sql.SqlExpression;
import io.recupero.sql.SqlQuery;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Holds the SQL of a mapping against what it may do: once as it is written, once as it is read. */
final class SqlCheck {

  /** A quoted text, or (groups) a name. */
  private static final Pattern WORD =
      Pattern.compile("'[^']*'|\"[^\"]*\"|`([^`]*)`|([\\p{L}_][\\p{L}\\p{N}_]*)");

  /** What mappings may call beside Spark's functions. */
  private static final Set<String> OWN =
      Set.of("parse_date", "parse_time", "parse_number", NumberText.FUNCTION, Formats.ARRIVAL_YEAR);

  private SqlCheck() {}

  /**
   * Returns the names of the columns that an expression reads, having noted what is wrong with it.
   */
  static Set<String> expression(Mapping.Sql sql, String what, List<Problem> problems) {
    try {
      SqlExpression parsed = SqlExpression.parse(sql.text(), OWN, Set.of());
      parsed.refusals().forEach(why -> problems.add(invalid(sql, "expression for " + what, why)));
      return parsed.heads();
    } catch (IllegalArgumentException e) {
      problems.add(
          invalid(
              sql, "expression for " + what, e.getMessage() + " Expression: " + shown(sql.text())));
      return Set.of();
    }
  }

  /**
   * Notes what is wrong with a query.
   *
   * @param names the sources and earlier views, which are all that it may read
   */
  static void query(
      Mapping.Sql sql, String what, Collection<String> names, List<Problem> problems) {
    try {
      SqlQuery parsed = SqlQuery.parse(sql.text(), OWN);
      parsed.refusals().forEach(why -> problems.add(invalid(sql, "query of " + what, why)));
      for (List<String> relation : parsed.relations()) {
        String name = String.join(".", relation);
        if (relation.size() > 1 || !has(names, name)) {
          problems.add(
              invalid(
                  sql,
                  "query of " + what,
                  "it reads "
                      + name
                      + ", which is no source or earlier view of this mapping."
                      + Nearest.question(name, names)
                      + " Name the file under sources: and read it by that name."));
        }
      }
    } catch (IllegalArgumentException e) {
      int line =
          e.getCause() instanceof ParseException p && p.start().line().isDefined()
              ? (int) p.start().line().get()
              : 0;
      problems.add(
          new Problem(
              sql.place().file(),
              sql.place().line() + line,
              "Invalid query of " + what + ": " + e.getMessage()));
    }
  }

  /** Returns those of the names that a query reads. */
  static Set<String> read(String sql, Collection<String> names) {
    Set<String> found = new LinkedHashSet<>();
    for (List<String> relation : SqlQuery.parse(sql, OWN).relations()) {
      names.stream()
          .filter(name -> relation.size() == 1 && name.equalsIgnoreCase(relation.get(0)))
          .forEach(found::add);
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

  /**
   * Returns what becomes of rows by an expression; null, having noted why, where it is wrong or may
   * not run.
   */
  static Dataset<Row> tried(
      Mapping.Sql sql,
      String what,
      Dataset<Row> from,
      Supplier<Dataset<Row>> query,
      List<Problem> problems) {
    try {
      List<String> refusals = SqlQuery.refusals(from.select(expr(sql.text())));
      refusals.forEach(why -> problems.add(invalid(sql, "expression for " + what, why)));
      return refusals.isEmpty() ? query.get() : null;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      problems.add(invalid(sql, "expression for " + what, SqlQuery.complaint(e)));
      return null;
    }
  }

  static Problem invalid(Mapping.Sql sql, String what, String why) {
    return sql.place().problem("Invalid " + what + ": " + why);
  }

  private static String shown(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
