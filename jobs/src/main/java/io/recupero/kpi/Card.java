package io.recupero.kpi;

import io.recupero.contract.Text;
import io.recupero.sql.SqlExpression;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A KPI: one SQL formula over the parts of one mart, with what people must know to read it.
 *
 * @param id how users call it
 * @param family the title of a family of cards; null for a card of its own
 * @param name its title
 * @param meaning what it says, in a sentence
 * @param unit percent, days, money or points: a share is 25, not 0.25
 * @param better higher, lower or neither
 * @param subject what it is about, one of {@link #SUBJECTS}
 * @param mart the table of parts it is computed from
 * @param adds how its parts may be added up: everywhere, at_date (not over dates) or nowhere
 * @param derived columns made of the mart's, row by row, before amounts are converted
 * @param numerator SQL aggregate over the mart's columns at a date; of a figure that is no ratio,
 *     what is published beside it, or null
 * @param denominator as the numerator; where it is zero or null the value is null
 * @param items SQL aggregate: the number of things in the denominator
 * @param formula SQL over {@code numerator} and {@code denominator}, or, without these, an
 *     aggregate
 * @param needs the inputs without which there is no figure at all, not even zero; of inputs with a
 *     bar between them ({@code payments|adjustments}) one is enough
 * @param seenDays for a figure of a cohort (a month of entry): how many days each of its entries
 *     must have been seen; null for any other figure
 * @param historyDays how many days before the date the first billing must be, or there is no value;
 *     null where no history is needed
 * @param edges what happens at the boundaries, by a name that an example shows
 * @param examples rows of the mart at a date and the value they give
 * @param owner who answers for the definition
 * @param source who defines it so, and which variants exist
 * @param lines the line each of these stands on in {@code file}
 */
public record Card(
    String id,
    Text family,
    Text name,
    Text meaning,
    String unit,
    String better,
    String subject,
    String mart,
    String adds,
    Map<String, String> derived,
    String numerator,
    String denominator,
    String items,
    String formula,
    List<String> needs,
    Integer seenDays,
    Integer historyDays,
    Map<String, Text> edges,
    List<Example> examples,
    String owner,
    Text source,
    String file,
    Map<String, Integer> lines) {

  /** What cards are about, in the order in which people read of it. */
  public static final List<String> SUBJECTS =
      List.of("balance", "flow", "billing", "time", "cure", "contact", "promise", "voice");

  /**
   * The marts whose parts begin anew each month; of their cards those of billing look back 90 days.
   */
  private static final Set<String> OF_MONTH =
      Set.of(
          "gold.flow_daily",
          "gold.contact_daily",
          "gold.promise_daily",
          "gold.survey_daily",
          "gold.cure_daily");

  /** Rows of the mart at a date, as an ASCII table, and the value expected (null: no value). */
  public record Example(String shows, String given, Double expect, int line) {}

  /** Returns the whole formula as one SQL aggregate, for tools that know nothing of cards. */
  public String expression() {
    return ratio()
        ? with("(" + numerator + ")", "NULLIF(" + denominator + ", 0)")
        : withFormula(formula);
  }

  /** Returns the same with other SQL in the places of numerator and denominator. */
  public String with(String otherNumerator, String otherDenominator) {
    return withFormula(substitute(formula, otherNumerator, otherDenominator));
  }

  /** Returns another formula of this card's columns over the mart's own alone. */
  public String withFormula(String sql) {
    String whole = sql;
    for (Map.Entry<String, String> column : derived.entrySet()) {
      whole =
          whole.replaceAll(
              "\\b" + column.getKey() + "\\b",
              Matcher.quoteReplacement("(" + column.getValue() + ")"));
    }
    return whole;
  }

  /** Returns the formula with other SQL in the places of numerator and denominator. */
  static String substitute(String formula, String numerator, String denominator) {
    return formula
        .replaceAll("\\bnumerator\\b", Matcher.quoteReplacement(numerator))
        .replaceAll("\\bdenominator\\b", Matcher.quoteReplacement(denominator));
  }

  /**
   * Parses what a card computes; beside Spark's functions it may call {@link CurveFunctions}.
   *
   * @throws IllegalArgumentException where it is no SQL expression; the message says where
   */
  static SqlExpression sql(String expression) {
    return SqlExpression.parse(
        expression, CurveFunctions.sqlNames(), Set.of(CurveFunctions.CURVE, CountBack.NAME));
  }

  /** Returns all inputs that {@link #needs} names. */
  public List<String> inputs() {
    return needs.stream().flatMap(Card::alternatives).toList();
  }

  /** Returns the inputs of a need, of which one is enough. */
  public static Stream<String> alternatives(String need) {
    return Stream.of(need.split("\\|"));
  }

  /**
   * Returns the needs that nothing was delivered for.
   *
   * @param has whether an input was ever delivered
   */
  public List<String> lacks(Predicate<String> has) {
    return needs.stream().filter(need -> alternatives(need).noneMatch(has)).toList();
  }

  /**
   * Returns whether the figure is of the month up to its date, and so of a few days at the
   * beginning of one: to hold those against a whole month would say nothing.
   */
  public boolean isOfMonth() {
    return OF_MONTH.contains(mart) && !subject.equals("billing");
  }

  boolean ratio() {
    return denominator != null;
  }

  /** Returns the value where the mart has no row: no balance takes 0 days of billing; else null. */
  Double valueOfNothing() {
    return formula.contains(CountBack.NAME) ? 0.0 : null;
  }

  /**
   * Returns the aggregates that read the mart: numerator, denominator and items, or the formula.
   */
  List<String> aggregates() {
    return Stream.of(numerator, denominator, items, ratio() ? null : formula)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Returns the columns that the card's aggregates name: the mart's and derived ones. */
  public Set<String> columns() {
    return aggregates().stream()
        .flatMap(sql -> sql(sql).columns().stream())
        .collect(Collectors.toSet());
  }

  /** Returns the columns that derived columns read. */
  public Set<String> sources() {
    return derived.values().stream()
        .flatMap(sql -> sql(sql).columns().stream())
        .collect(Collectors.toSet());
  }
}
