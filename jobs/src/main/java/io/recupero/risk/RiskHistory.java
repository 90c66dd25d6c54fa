package io.recupero.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.recupero.segment.AsOf;
import io.recupero.segment.FeatureInputs;
import io.recupero.segment.SegmentRules;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * What can be learned from at a date: documents at the closes of months before it, as known at
 * each, beside what was known of their outcomes at a later one.
 */
final class RiskHistory implements AutoCloseable {

  /** Months that are looked back on, at most: how customers paid long ago says little. */
  static final int MOST_CLOSES = 36;

  /** Above so many rows, customers are left out by a hash of their ids: the work is bounded. */
  static final long MOST_ROWS = 40_000;

  private static final int PARTS = 10_000;

  private final FeatureInputs inputs;
  private final List<AsOf> closes;
  private final AsOf until;
  private final int graceDays;
  private final Dataset<Row> all;
  private final Dataset<Row> rows;

  RiskHistory(FeatureInputs inputs, AsOf until, ZoneId zone, int graceDays, SegmentRules rules) {
    this.inputs = inputs;
    this.until = until;
    this.graceDays = graceDays;
    this.closes = closes(inputs.invoices(), until.day(), zone);
    this.all = RiskRows.at(inputs, closes, zone, rules).persist(StorageLevel.MEMORY_AND_DISK());
    long count = closes.isEmpty() ? 0 : all.count();
    long kept = count <= MOST_ROWS ? PARTS : Math.max(1, PARTS * MOST_ROWS / count);
    this.rows = all.where("PMOD(XXHASH64(customer_id), %d) < %d".formatted(PARTS, kept));
  }

  /** Returns the closes of months before the date, ascending. */
  List<AsOf> closes() {
    return closes;
  }

  int graceDays() {
    return graceDays;
  }

  /** Returns all that is known at the date: rows with their labels. */
  Dataset<Row> known(Target target) {
    return labelled(target, closes, until);
  }

  /** Returns what was known at an origin: rows of closes up to it, with the labels of then. */
  Dataset<Row> knownAt(AsOf origin, Target target) {
    List<AsOf> before =
        closes.stream().filter(close -> !close.day().isAfter(origin.day())).toList();
    return labelled(target, before, origin);
  }

  /** Returns rows of these closes, with the labels that are known by now. */
  Dataset<Row> seen(List<AsOf> tests, Target target) {
    return labelled(target, tests, until);
  }

  private Dataset<Row> labelled(Target target, List<AsOf> at, AsOf labels) {
    Dataset<Row> outcomes =
        RiskRows.labels(inputs, at, labels.day(), labels.known(), graceDays)
            .withColumn(
                Learner.LABEL,
                expr(target == Target.LATE ? "CAST(late AS DOUBLE)" : "CAST(days AS DOUBLE)"))
            .drop("late", "days")
            .where(col(Learner.LABEL).isNotNull());
    Dataset<Row> judged = target == Target.LATE ? rows.where(RiskRows.toCome(graceDays)) : rows;
    return judged.join(outcomes, RiskRows.KEYS);
  }

  private static List<AsOf> closes(Dataset<Row> invoices, LocalDate until, ZoneId zone) {
    String first = invoices.selectExpr("CAST(MIN(issue_date) AS STRING)").first().getString(0);
    List<AsOf> closes = new ArrayList<>();
    if (first != null) {
      YearMonth from = YearMonth.from(LocalDate.parse(first));
      for (YearMonth month = YearMonth.from(until);
          !month.isBefore(from) && closes.size() < MOST_CLOSES;
          month = month.minusMonths(1)) {
        if (month.atEndOfMonth().isBefore(until)) {
          closes.add(0, AsOf.closeOf(month.atEndOfMonth(), zone));
        }
      }
    }
    return closes;
  }

  @Override
  public void close() {
    all.unpersist();
  }
}
