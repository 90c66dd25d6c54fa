package io.recupero.kpi;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All cards of one mart, evaluated together over its cells.
 *
 * @param shape the mart
 * @param cards those asked for, with the same {@link Card#seenDays}
 * @param by the dimensions to group by
 * @param historyDay the first day of the data, as days since 1970; null where no card asks
 */
record MartQuestion(MartShape shape, List<Card> cards, List<String> by, Integer historyDay) {

  static final String COHORT = "cohort";

  /** Returns the columns of one role that the cards read, by themselves or in derived columns. */
  Set<String> used(MartShape.Role role) {
    Set<String> ofRole = shape.columns(role);
    return cards.stream()
        .flatMap(card -> Stream.concat(card.columns().stream(), card.sources().stream()))
        .filter(ofRole::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns the columns that are money: amounts of the mart, and what is derived from any. */
  Set<String> money() {
    Set<String> amounts = shape.columns(MartShape.Role.AMOUNT);
    Set<String> money = new LinkedHashSet<>();
    for (Card card : cards) {
      for (String column : card.columns()) {
        String derived = card.derived().get(column);
        if (amounts.contains(column)
            || (derived != null
                && Card.sql(derived).columns().stream().anyMatch(amounts::contains))) {
          money.add(column);
        }
      }
    }
    return money;
  }

  /** Returns the cards that read amounts, and so need one currency. */
  List<Card> ofMoney() {
    Set<String> money = money();
    return cards.stream()
        .filter(card -> card.columns().stream().anyMatch(money::contains))
        .toList();
  }

  /** Returns the cells with the columns of their date and those that cards derive. */
  Dataset<Row> derived(Dataset<Row> cells) {
    Dataset<Row> result =
        cells
            .withColumn("as_of_day", expr("unix_date(as_of)"))
            .withColumn("month_start", expr("CAST(trunc(as_of, 'MM') AS DATE)"));
    Map<String, String> derived = new LinkedHashMap<>();
    cards.forEach(card -> derived.putAll(card.derived()));
    for (Map.Entry<String, String> column : derived.entrySet()) {
      result = result.withColumn(column.getKey(), expr(column.getValue()));
    }
    return result;
  }

  /**
   * Returns a row for each date and group: as_of, the dimensions, then value, numerator,
   * denominator and items of each card, then the least and greatest currency in which any amount
   * was met.
   */
  Dataset<Row> answer(Dataset<Row> cells, boolean converted) {
    Dataset<Row> dated = cells;
    Integer seenDays = cards.get(0).seenDays();
    boolean byCohort = by.contains(COHORT);
    if (seenDays != null && !byCohort) {
      dated = dated.where(COHORT + " = " + latestSeen(seenDays));
    }
    List<Column> aggregates = new ArrayList<>();
    for (int i = 0; i < cards.size(); i++) {
      Card card = cards.get(i);
      aggregates.add(part(card.numerator(), converted).as("n" + i));
      aggregates.add(part(card.denominator(), converted).as("d" + i));
      aggregates.add(part(card.items(), converted).as("i" + i));
      aggregates.add(part(card.ratio() ? null : card.formula(), converted).as("v" + i));
    }
    Column currency = when(anyMoney(), col("currency"));
    aggregates.add(min(currency).as("least_currency"));
    aggregates.add(max(currency).as("greatest_currency"));
    Column[] group =
        Stream.concat(Stream.of("as_of"), by.stream()).map(c -> col(c)).toArray(Column[]::new);
    Dataset<Row> sums =
        dated
            .groupBy(group)
            .agg(
                aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
    List<Column> result = new ArrayList<>(List.of(group));
    Column known =
        seenDays != null && byCohort ? expr(COHORT + " <= " + latestSeen(seenDays)) : lit(true);
    for (int i = 0; i < cards.size(); i++) {
      result.add(when(known.and(reaches(cards.get(i))), value(cards.get(i), i)).as("v" + i));
      result.add(when(known, col("n" + i).cast("DECIMAL(38,12)")).as("n" + i));
      result.add(when(known, col("d" + i).cast("DECIMAL(38,12)")).as("d" + i));
      result.add(col("i" + i).cast("BIGINT").as("i" + i));
    }
    result.add(col("least_currency"));
    result.add(col("greatest_currency"));
    return sums.select(result.toArray(Column[]::new));
  }

  /**
   * Whether the data go back as far as the card needs; where they do not, the parts still stand.
   */
  private Column reaches(Card card) {
    return card.historyDays() == null || historyDay == null
        ? lit(true)
        : expr("unix_date(as_of) - " + card.historyDays() + " >= " + historyDay);
  }

  private static Column value(Card card, int i) {
    if (!card.ratio()) {
      return col("v" + i).cast("DOUBLE");
    }
    String formula =
        Card.substitute(card.formula(), "CAST(n" + i + " AS DOUBLE)", "CAST(d" + i + " AS DOUBLE)");
    return when(col("d" + i).notEqual(0), expr(formula).cast("DOUBLE"));
  }

  /** A sum without its unrated amounts would be a partial one: it has no value then. */
  private Column part(String sql, boolean converted) {
    if (sql == null) {
      return max(lit(null).cast("DECIMAL(38,12)"));
    }
    Set<String> money = money();
    String unrated =
        Card.sql(sql).columns().stream()
            .filter(money::contains)
            .map(amount -> amount + Cells.UNRATED)
            .collect(Collectors.joining(" OR "));
    return converted && !unrated.isEmpty()
        ? expr("CASE WHEN NOT BOOL_OR(" + unrated + ") THEN " + sql + " END")
        : expr(sql);
  }

  private Column anyMoney() {
    return money().stream()
        .map(amount -> coalesce(col(amount).notEqual(0), lit(false)))
        .reduce(Column::or)
        .orElse(lit(false));
  }

  /**
   * The latest month of entry of which every entry has been seen for so many days: its latest due
   * date is the last day but one of that month, and must be so many days before the date.
   */
  private static String latestSeen(int days) {
    return "date_format(add_months(date_add(as_of, 2 - " + days + "), -1), 'yyyy-MM')";
  }
}
