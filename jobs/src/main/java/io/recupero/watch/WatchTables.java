package io.recupero.watch;

import io.recupero.contract.Contracts;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The findings of one run as rows of their tables. */
final class WatchTables {

  static final String CHECKS = "gold.checks";
  static final String ALERTS = "gold.alerts";

  private final SparkSession spark;
  private final String runId;

  WatchTables(SparkSession spark, String runId) {
    this.spark = spark;
    this.runId = runId;
  }

  Dataset<Row> checks(List<Check> checks) {
    return frame(
        CHECKS,
        checks.stream()
            .map(
                check ->
                    RowFactory.create(
                        runId,
                        check.check(),
                        check.slice(),
                        check.severity().name().toLowerCase(Locale.ROOT),
                        check.passed(),
                        check.value(),
                        check.bound(),
                        check.text().es(),
                        check.text().en()))
            .toList());
  }

  /** Where nothing fired there are no rows, and yet a table: readers find it. */
  Dataset<Row> alerts(List<Alert> alerts) {
    return frame(
        ALERTS,
        alerts.stream()
            .map(
                alert ->
                    RowFactory.create(
                        runId,
                        alert.alert(),
                        alert.kpi(),
                        alert.slice(),
                        alert.severity(),
                        alert.value(),
                        alert.bound(),
                        alert.text().es(),
                        alert.text().en()))
            .toList());
  }

  private Dataset<Row> frame(String table, List<Row> rows) {
    return spark.createDataFrame(rows, Contracts.load().contract(table).schema()).coalesce(1);
  }
}
