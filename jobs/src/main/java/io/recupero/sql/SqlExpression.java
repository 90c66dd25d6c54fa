package io.recupero.sql;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;

/**
 * What an expression from outside says, read without a session and without data: of a mapping, a
 * rule, a card, a condition.
 *
 * @param columns the columns it names, such as {@code due_date} and {@code original.amount}
 * @param heads the same without the fields of what is nested, such as {@code original}
 * @param outside those of the columns that stand outside every aggregate function
 * @param aggregates whether it adds up over rows
 * @param refusals why it may not run, each a sentence without a capital; empty where it may
 */
public record SqlExpression(
    Set<String> columns,
    Set<String> heads,
    Set<String> outside,
    boolean aggregates,
    List<String> refusals) {

  /** The most characters of one text; no rule that people wrote comes near. */
  public static final int LONGEST = 100_000;

  /**
   * Parses an expression.
   *
   * @throws IllegalArgumentException where it is none; the message says where
   */
  public static SqlExpression parse(String text) {
    return parse(text, Set.of(), Set.of());
  }

  /**
   * Parses an expression that may call functions of the program too.
   *
   * @param own their names, in lower case
   * @param aggregating those of them that add up over rows
   * @throws IllegalArgumentException where it is none; the message says where
   */
  public static SqlExpression parse(String text, Set<String> own, Set<String> aggregating) {
    Parsed parsed =
        new Parsed(
            SqlQuery.guarded(text, new CatalystSqlParser()::parseExpression), own, aggregating);
    if (parsed.query) {
      parsed.refusals.add("it holds a query. Name columns only.");
    }
    return new SqlExpression(
        parsed.columns,
        parsed.heads,
        parsed.outside,
        parsed.aggregates,
        List.copyOf(parsed.refusals));
  }

  /** Returns whether it may run. */
  public boolean allowed() {
    return refusals.isEmpty();
  }
}
