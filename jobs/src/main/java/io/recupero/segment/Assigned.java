package io.recupero.segment;

import static org.apache.spark.sql.functions.expr;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers at closes of months with the segment that each of two rule sets gives them. */
final class Assigned {

  /** Both rule sets as rows: {@code rules}, a or b, and {@code segment}. */
  static final String BOTH = "STACK(2, 'a', segment_a, 'b', segment_b) AS (rules, segment)";

  private static final String FLAT = "CAST(as_of AS STRING)";

  private final Dataset<Row> frame;
  private final LocalDate asOf;

  private Assigned(Dataset<Row> frame, LocalDate asOf) {
    this.frame = frame;
    this.asOf = asOf;
  }

  /**
   * Assigns customers to segments.
   *
   * @param features at the closes, and at the as-of date; newcomers marked
   */
  static Assigned of(Dataset<Row> features, SegmentRules a, SegmentRules b, LocalDate asOf) {
    Dataset<Row> both = a.assign(features).withColumnRenamed("segment", "segment_a");
    return new Assigned(
        b.assign(both)
            .withColumnRenamed("segment", "segment_b")
            .select(
                "customer_id",
                "as_of",
                CustomerFeatures.NEWCOMER,
                "segment_a",
                "segment_b",
                "currency",
                "open_amount",
                "overdue_amount")
            .localCheckpoint(),
        asOf);
  }

  /**
   * Returns all rows, those of customers that come later among them: their first month follows a
   * close at which they were not there, and a run gives it the segment of what they come with.
   */
  Dataset<Row> withNewcomers() {
    return frame;
  }

  /** Returns the customers that were there at each close. */
  private Dataset<Row> there() {
    return frame.where("NOT " + CustomerFeatures.NEWCOMER);
  }

  Dataset<Row> today() {
    return there().where("as_of = DATE'" + asOf + "'");
  }

  /** Returns a row a segment: customers and their share by each rule set. */
  ComparedTable sizes() {
    List<Row> rows =
        today()
            .selectExpr(BOTH)
            .groupBy("segment")
            .agg(
                expr("COUNT_IF(rules = 'a') AS customers_a"),
                expr("COUNT_IF(rules = 'b') AS customers_b"))
            .selectExpr(
                "segment",
                "customers_a",
                "100 * customers_a / SUM(customers_a) OVER () AS share_a",
                "customers_b",
                "100 * customers_b / SUM(customers_b) OVER () AS share_b")
            .orderBy("segment")
            .collectAsList();
    return Rows.table("sizes", rows, "segment", "customers_a", "share_a", "customers_b", "share_b");
  }

  /** Returns a row a pair of segments: customers, and their share of the segment of A. */
  ComparedTable migration() {
    List<Row> rows =
        today()
            .groupBy("segment_a", "segment_b")
            .agg(expr("COUNT(*) AS customers"))
            .selectExpr(
                "segment_a",
                "segment_b",
                "customers",
                "100 * customers / SUM(customers) OVER (PARTITION BY segment_a) AS share_of_a")
            .orderBy("segment_a", "segment_b")
            .collectAsList();
    return Rows.table("migration", rows, "segment_a", "segment_b", "customers", "share_of_a");
  }

  /**
   * Returns a row a rule set and close: the index against the close before and against the first,
   * and the share of customers there at both closes that changed segment; then A against B.
   */
  ComparedTable stability() {
    Map<String, Map<String, Map<String, Long>>> counts = new TreeMap<>();
    there()
        .selectExpr(FLAT + " AS day", BOTH)
        .groupBy("rules", "day", "segment")
        .count()
        .collectAsList()
        .forEach(
            row ->
                counts
                    .computeIfAbsent(row.getString(0), it -> new TreeMap<>())
                    .computeIfAbsent(row.getString(1), it -> new HashMap<>())
                    .put(row.getString(2), row.getLong(3)));
    Map<String, BigDecimal> moved = moved();
    List<List<Object>> rows = new ArrayList<>();
    counts.forEach((rules, byDay) -> ofRules(rules, byDay, moved, rows));
    Map<String, Map<String, Long>> a = counts.getOrDefault("a", Map.of());
    Map<String, Map<String, Long>> b = counts.getOrDefault("b", Map.of());
    boolean comparable = shareIds(a, b);
    a.forEach(
        (day, before) -> {
          Object index = comparable ? Rows.decimal(Stability.index(before, b.get(day))) : null;
          rows.add(Arrays.asList("a_b", LocalDate.parse(day), index, null, null));
        });
    return new ComparedTable(
        "stability", List.of("rules", "as_of", "psi_before", "psi_first", "moved_share"), rows);
  }

  private static void ofRules(
      String rules,
      Map<String, Map<String, Long>> byDay,
      Map<String, BigDecimal> moved,
      List<List<Object>> rows) {
    Map<String, Long> first = null;
    Map<String, Long> before = null;
    for (Map.Entry<String, Map<String, Long>> close : byDay.entrySet()) {
      if (first == null) {
        first = close.getValue();
      } else {
        rows.add(
            Arrays.asList(
                rules,
                LocalDate.parse(close.getKey()),
                Rows.decimal(Stability.index(before, close.getValue())),
                Rows.decimal(Stability.index(first, close.getValue())),
                moved.get(rules + close.getKey())));
      }
      before = close.getValue();
    }
  }

  /** Rule sets without a segment in common have nothing to hold against each other. */
  private static boolean shareIds(
      Map<String, Map<String, Long>> a, Map<String, Map<String, Long>> b) {
    Set<String> ids =
        a.values().stream().flatMap(it -> it.keySet().stream()).collect(Collectors.toSet());
    return b.values().stream()
        .flatMap(it -> it.keySet().stream())
        .anyMatch(id -> id != null && ids.contains(id));
  }

  private Map<String, BigDecimal> moved() {
    Map<String, BigDecimal> moved = new TreeMap<>();
    String before = "LAG(%s) OVER (PARTITION BY customer_id, rules ORDER BY as_of)";
    there()
        .selectExpr("customer_id", "as_of", BOTH)
        .selectExpr(
            "rules",
            "as_of",
            "segment",
            before.formatted("as_of") + " AS day_before",
            before.formatted("segment") + " AS segment_before")
        .where("day_before IS NOT NULL")
        .groupBy("rules", "as_of")
        .agg(expr("100 * AVG(IF(segment <=> segment_before, 0, 1)) AS moved"))
        .selectExpr("rules", FLAT, "moved")
        .collectAsList()
        .forEach(
            row -> moved.put(row.getString(0) + row.getString(1), Rows.decimal(row.getDouble(2))));
    return moved;
  }

  /**
   * Returns a row a rule set, segment and currency: what its customers owe in their main currency,
   * its share of all, and the share of it that the largest tenth of those customers owes.
   */
  ComparedTable concentration() {
    String all = " OVER (PARTITION BY rules, currency)";
    String ofSegment = "PARTITION BY rules, segment, currency";
    List<Row> rows =
        today()
            .where("open_amount > 0")
            .selectExpr("customer_id", "currency", "open_amount", "overdue_amount", BOTH)
            .selectExpr(
                "*",
                "ROW_NUMBER() OVER ("
                    + ofSegment
                    + " ORDER BY open_amount DESC, customer_id)"
                    + " AS place",
                "COUNT(*) OVER (" + ofSegment + ") AS debtors")
            .groupBy("rules", "segment", "currency")
            .agg(
                expr("COUNT(*) AS debtors"),
                expr("SUM(open_amount) AS open_amount"),
                expr("SUM(overdue_amount) AS overdue_amount"),
                expr("SUM(IF(place <= CEIL(debtors / 10), open_amount, 0)) AS top_amount"))
            .selectExpr(
                "rules",
                "segment",
                "currency",
                "debtors",
                "open_amount",
                "100 * open_amount / SUM(open_amount)" + all + " AS open_share",
                "overdue_amount",
                "100 * overdue_amount / NULLIF(SUM(overdue_amount)" + all + ", 0) AS overdue_share",
                "100 * top_amount / open_amount AS top_tenth_share")
            .orderBy("rules", "currency", "segment")
            .collectAsList();
    return Rows.table(
        "concentration",
        rows,
        "rules",
        "segment",
        "currency",
        "debtors",
        "open_amount",
        "open_share",
        "overdue_amount",
        "overdue_share",
        "top_tenth_share");
  }

  /** Spark's rows as those of a table. */
  static final class Rows {

    private static final int DIGITS = 6;

    private Rows() {}

    static ComparedTable table(String id, List<Row> rows, String... columns) {
      return new ComparedTable(id, List.of(columns), rows.stream().map(Rows::values).toList());
    }

    private static List<Object> values(Row row) {
      List<Object> values = new ArrayList<>(row.size());
      for (int i = 0; i < row.size(); i++) {
        Object value = row.get(i);
        if (value instanceof Double number) {
          value = decimal(number);
        } else if (value instanceof BigDecimal number && number.scale() > DIGITS) {
          value = number.setScale(DIGITS, RoundingMode.HALF_EVEN);
        }
        values.add(value);
      }
      return values;
    }

    /** Returns a share, rate or index with six decimals; null for NaN. */
    static BigDecimal decimal(double number) {
      return Double.isNaN(number)
          ? null
          : BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_EVEN);
    }
  }
}
