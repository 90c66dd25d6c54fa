package io.recupero.risk;

import static org.apache.spark.sql.functions.expr;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a model has to beat: that a customer's last behaviour repeats, and that all of a segment are
 * alike.
 *
 * <p>Both are told with what is known of the past, to their advantage: that the last behaviour
 * repeats is no 0 or 1, but as often as it did repeat.
 *
 * @param overall mean of all rows
 * @param bySegment mean of the rows of each segment; rows without one are of segment ""
 * @param byLast mean of the rows whose customer's last paid document was late, in time, or of whom
 *     none is paid yet (none)
 */
record Baselines(double overall, Map<String, Double> bySegment, Map<String, Double> byLast) {

  static final String LAST = "last_behaviour";
  static final String SEGMENT = "segment_average";

  private static final String SEGMENT_OF = "COALESCE(segment, '')";

  /** Learns them of rows with the column {@code label}. */
  static Baselines of(Dataset<Row> rows, int graceDays) {
    double overall = rows.selectExpr("AVG(label)").first().getDouble(0);
    return new Baselines(overall, means(rows, SEGMENT_OF), means(rows, lastOf(graceDays)));
  }

  private static Map<String, Double> means(Dataset<Row> rows, String of) {
    Map<String, Double> means = new TreeMap<>();
    rows.groupBy(expr(of).as("of"))
        .agg(expr("AVG(label)"))
        .collectAsList()
        .forEach(row -> means.put(row.getString(0), row.getDouble(1)));
    return means;
  }

  private static String lastOf(int graceDays) {
    return "CASE WHEN days_late_last IS NULL THEN 'none' WHEN days_late_last > %d THEN 'late' ELSE 'in_time' END"
        .formatted(graceDays);
  }

  /**
   * Adds the column of a baseline.
   *
   * @param which {@link #LAST} or {@link #SEGMENT}
   */
  Dataset<Row> score(Dataset<Row> rows, Target target, String which, String name, int graceDays) {
    boolean last = which.equals(LAST);
    String sql =
        last && target == Target.DAYS
            ? "COALESCE(CAST(IF(days_late_last < 0, 0, days_late_last) AS DOUBLE), %s)"
                .formatted(number(overall))
            : "COALESCE(TRY_ELEMENT_AT(%s, %s), %s)"
                .formatted(
                    map(last ? byLast : bySegment),
                    last ? lastOf(graceDays) : SEGMENT_OF,
                    number(overall));
    return rows.withColumn(name, expr(sql));
  }

  private static String map(Map<String, Double> means) {
    return means.entrySet().stream()
        .map(it -> "'" + it.getKey().replace("'", "''") + "', " + number(it.getValue()))
        .collect(Collectors.joining(", ", "MAP(", ")"));
  }

  private static String number(double value) {
    return "CAST('" + String.format(Locale.ROOT, "%.17g", value) + "' AS DOUBLE)";
  }
}
