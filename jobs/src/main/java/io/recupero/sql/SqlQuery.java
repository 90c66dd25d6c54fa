package io.recupero.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.View;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A query from outside: what it reads, and why it may not run.
 *
 * @param relations the names it reads from, as lists of their parts; those that its own WITH
 *     defines are not among them
 * @param refusals why it may not run, each a sentence without a capital; empty where it may
 */
public record SqlQuery(Set<List<String>> relations, List<String> refusals) {

  /** The leaves of an analyzed query beside the tables that it may read. */
  private static final Set<String> LEAVES =
      Set.of("CTERelationRef", "LocalRelation", "OneRowRelation", "Range", "UnionLoopRef");

  /** The parser's time grows with the square of the depth and worse: thousands take minutes. */
  private static final int DEEPEST = 100;

  /**
   * Parses a query without a session.
   *
   * @param own functions of the program that it may call beside Spark's, in lower case
   * @throws IllegalArgumentException where it is none; the message says where
   */
  public static SqlQuery parse(String text, Set<String> own) {
    return parse(text, new CatalystSqlParser(), own);
  }

  /**
   * Parses a query as the session would that is going to run it.
   *
   * @throws IllegalArgumentException where it is none; the message says where
   */
  public static SqlQuery parse(String text, ParserInterface parser, Set<String> own) {
    Parsed parsed = new Parsed(guarded(text, parser::parsePlan), own, Set.of());
    return new SqlQuery(parsed.relations, List.copyOf(parsed.refusals));
  }

  /**
   * Returns why rows may not be computed: what the analyzed plan reads beside the given views, and
   * what it calls that is not allowed. What lies below a view is the program's own.
   *
   * @param views the names of the views, with their database where they have one
   */
  public static List<String> refusals(Dataset<?> rows, Collection<String> views) {
    Set<String> allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    allowed.addAll(views);
    return refusals(rows.queryExecution().analyzed(), allowed::contains);
  }

  static List<String> refusals(LogicalPlan analyzed, Predicate<String> views) {
    List<String> refusals = new ArrayList<>();
    Deque<LogicalPlan> left = new ArrayDeque<>(List.of(analyzed));
    while (!left.isEmpty()) {
      LogicalPlan plan = left.pop();
      if (plan instanceof View view) {
        var name = view.desc().identifier();
        String whole =
            (name.database().isDefined() ? name.database().get() + "." : "") + name.table();
        if (!views.test(whole)) {
          refusals.add("it reads " + whole + ", which is not among its tables.");
        }
        continue;
      }
      if (plan instanceof Command
          || plan.children().isEmpty() && !LEAVES.contains(plan.nodeName())) {
        refusals.add("it reads " + plan.nodeName() + ", which is not among its tables.");
      }
      expressions(plan, refusals, left);
      CollectionConverters.asJava(plan.children()).forEach(left::push);
    }
    return refusals;
  }

  /**
   * Returns why the uppermost step of a plan, which holds expressions from outside, may not run.
   */
  public static List<String> refusals(Dataset<?> rows) {
    List<String> refusals = new ArrayList<>();
    expressions(rows.queryExecution().analyzed(), refusals, new ArrayDeque<>());
    return refusals;
  }

  private static void expressions(
      LogicalPlan plan, List<String> refusals, Deque<LogicalPlan> queries) {
    Deque<Expression> left = new ArrayDeque<>(CollectionConverters.asJava(plan.expressions()));
    while (!left.isEmpty()) {
      Expression expression = left.pop();
      if (AllowedFunctions.refuses(expression)) {
        refusals.add(
            "it calls "
                + expression.prettyName()
                + ", which is not among the functions allowed here, listed in docs/functions.md.");
      }
      if (expression instanceof PlanExpression<?> query) {
        queries.push((LogicalPlan) query.plan());
      }
      CollectionConverters.asJava(expression.children()).forEach(left::push);
    }
  }

  /** One of the parser's methods; Scala declares what they throw for some of them only. */
  interface Parser<T> {
    T parse(String text) throws Exception;
  }

  /** Parses a text that may be anything. */
  static <T> T guarded(String text, Parser<T> parser) {
    if (text.length() > SqlExpression.LONGEST) {
      throw new IllegalArgumentException(
          "it has more than " + SqlExpression.LONGEST + " characters. Write it shorter.");
    }
    if (depth(text) > DEEPEST) {
      throw new IllegalArgumentException(
          "its parentheses are nested more than " + DEEPEST + " deep. Write it flatter.");
    }
    try {
      return parser.parse(text);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("it is nested too deeply. Write it flatter.", e);
    } catch (Exception e) {
      throw new IllegalArgumentException(complaint(e), e);
    }
  }

  /** Returns how deep parentheses are nested, those in quotes too. */
  private static int depth(String text) {
    int deepest = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /** Returns the first line of what Spark says; the rest repeats the text or the plan. */
  public static String complaint(Exception e) {
    String first = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    return first.replaceAll("^\\[[A-Z_.0-9]+\\]\\s*", "").replaceAll("\\s*SQLSTATE.*", "");
  }
}
