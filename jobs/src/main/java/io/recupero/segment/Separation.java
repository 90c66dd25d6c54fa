package io.recupero.segment;

import static org.apache.spark.sql.functions.expr;

import io.recupero.kpi.Exits;
import io.recupero.kpi.Incidence;
import io.recupero.mart.Bootstrap;
import io.recupero.segment.Assigned.Rows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How differently the segments of two rule sets pay, in the months after those that made the
 * segments: nobody is judged by what it was sorted by.
 */
final class Separation {

  /** Customers that limits need, as in {@code gold.strategy_effect}. */
  static final int FEWEST = 30;

  /** Customers beyond which groups of them are drawn: the spread is the same, the work less. */
  private static final int GROUPS = 4_000;

  private static final int[] CURVE = {0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 150, 180};

  private final Dataset<Row> months;

  /**
   * Joins outcomes and segments.
   *
   * @param assigned customers at closes with their segments
   * @param months as {@link MonthWalker} tells the months after those closes
   */
  Separation(Dataset<Row> assigned, Dataset<Row> months) {
    this.months =
        months
            .join(
                assigned.select("customer_id", "as_of", "segment_a", "segment_b"),
                new String[] {"customer_id", "as_of"},
                "left")
            .localCheckpoint();
  }

  /**
   * Returns a row a rule set, segment and currency: what was overdue at the closes, the cash that
   * came on it in the month after, and that in percent with 95 % limits by drawing customers; no
   * limits of fewer than 30 customers.
   */
  ComparedTable recovery() {
    Map<List<String>, List<long[]>> byGroup = new LinkedHashMap<>();
    Map<List<String>, Long> customers = new LinkedHashMap<>();
    for (Row row :
        months
            .where("overdue_amount IS NOT NULL")
            .selectExpr(
                "customer_id", "currency", "overdue_amount", "recovered_amount", Assigned.BOTH)
            .groupBy(
                expr("rules"),
                expr("segment"),
                expr("currency"),
                expr("PMOD(XXHASH64(customer_id), " + GROUPS + ") AS place"))
            .agg(
                expr("SUM(recovered_amount) AS recovered"),
                expr("SUM(overdue_amount) AS overdue"),
                expr("COUNT(DISTINCT customer_id) AS customers"))
            .orderBy("rules", "currency", "segment", "place")
            .collectAsList()) {
      List<String> group = Arrays.asList(row.getString(0), row.getString(1), row.getString(2));
      byGroup
          .computeIfAbsent(group, it -> new ArrayList<>())
          .add(new long[] {units(row.getDecimal(4)), units(row.getDecimal(5))});
      customers.merge(group, row.getLong(6), Long::sum);
    }
    List<List<Object>> rows = new ArrayList<>();
    byGroup.forEach((group, parts) -> rows.add(recovery(group, customers.get(group), parts)));
    return new ComparedTable(
        "recovery",
        List.of(
            "rules",
            "segment",
            "currency",
            "debtors",
            "overdue_amount",
            "recovered_amount",
            "recovery_rate",
            "low",
            "high"),
        rows);
  }

  private static List<Object> recovery(List<String> group, long customers, List<long[]> parts) {
    long[] recovered = parts.stream().mapToLong(part -> part[0]).toArray();
    long[] overdue = parts.stream().mapToLong(part -> part[1]).toArray();
    BigDecimal above = amount(recovered);
    BigDecimal below = amount(overdue);
    BigDecimal low = null;
    BigDecimal high = null;
    if (customers >= FEWEST) {
      Bootstrap.Limits limits = Bootstrap.ratio(String.join("|", group + ""), recovered, overdue);
      low = Rows.decimal(100 * limits.low());
      high = Rows.decimal(100 * limits.high());
    }
    BigDecimal rate =
        above.multiply(BigDecimal.valueOf(100)).divide(below, 6, RoundingMode.HALF_EVEN);
    return Arrays.asList(
        group.get(0), group.get(1), group.get(2), customers, below, above, rate, low, high);
  }

  private static long units(BigDecimal amount) {
    return amount.movePointRight(4).longValueExact();
  }

  private static BigDecimal amount(long[] units) {
    return Arrays.stream(units)
        .mapToObj(unit -> BigDecimal.valueOf(unit, 4))
        .reduce(BigDecimal.ZERO.setScale(4), BigDecimal::add);
  }

  /**
   * Returns a row a rule set and segment, of the documents that fell due in the months after the
   * closes: median days to payment with 95 % limits, the day by which a quarter had paid, and how
   * many percent had paid by 30, 60 and 90 days.
   */
  ComparedTable daysToRecover() {
    List<List<Object>> rows = new ArrayList<>();
    curves()
        .forEach(
            (group, curve) -> {
              Incidence paid = curve.incidence();
              rows.add(
                  Arrays.asList(
                      group.get(0),
                      group.get(1),
                      curve.documents,
                      number(paid.paidQuantile(0.5)),
                      number(paid.paidQuantileLow(0.5)),
                      number(paid.paidQuantileHigh(0.5)),
                      number(paid.paidQuantile(0.25)),
                      paidBy(paid, 30),
                      paidBy(paid, 60),
                      paidBy(paid, 90)));
            });
    return new ComparedTable(
        "days_to_recover",
        List.of(
            "rules",
            "segment",
            "documents",
            "median_days",
            "low",
            "high",
            "p25_days",
            "paid_by_30",
            "paid_by_60",
            "paid_by_90"),
        rows);
  }

  /** Returns the curves of payment: percent paid by so many days, null beyond what was seen. */
  ComparedTable curvesTable() {
    List<List<Object>> rows = new ArrayList<>();
    curves()
        .forEach(
            (group, curve) -> {
              Incidence paid = curve.incidence();
              for (int days : CURVE) {
                rows.add(Arrays.asList(group.get(0), group.get(1), days, paidBy(paid, days)));
              }
            });
    return new ComparedTable("curves", List.of("rules", "segment", "days", "paid_share"), rows);
  }

  private Map<List<String>, Curve> curves() {
    Map<List<String>, Curve> curves = new LinkedHashMap<>();
    for (Row row :
        months
            .where("days IS NOT NULL")
            .selectExpr("days", "ended_by", Assigned.BOTH)
            .groupBy("rules", "segment", "days", "ended_by")
            .count()
            .orderBy("rules", "segment", "days", "ended_by")
            .collectAsList()) {
      Curve curve =
          curves.computeIfAbsent(
              Arrays.asList(row.getString(0), row.getString(1)), it -> new Curve());
      curve.documents += row.getLong(4);
      curve.exits.add(row.getInt(2), Exits.Kind.of(row.getString(3)), row.getLong(4));
    }
    return curves;
  }

  private static Object number(OptionalInt days) {
    return days.isPresent() ? (Object) days.getAsInt() : null;
  }

  private static BigDecimal paidBy(Incidence paid, int days) {
    var share = paid.paidBy(days);
    return share.isPresent() ? Rows.decimal(100 * share.getAsDouble()) : null;
  }

  private static final class Curve {
    private final Exits exits = new Exits();
    private long documents;

    Incidence incidence() {
      return Incidence.of(exits);
    }
  }
}
