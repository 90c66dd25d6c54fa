package io.recupero.plan;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@value #TABLE}: one row for each table of each job of each run.
 *
 * <p>{@code reads} holds the versions read, {@code settings} the job's settings and the hashes of
 * its rules; {@code reasons} is empty where the job was skipped.
 */
public final class RunLog {

  /** The table's name. */
  public static final String TABLE = "gold.run_log";

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "run_id STRING, job STRING, table STRING, reads MAP<STRING, BIGINT>,"
              + " version BIGINT, settings MAP<STRING, STRING>, rows BIGINT,"
              + " seconds DECIMAL(12,3), skipped BOOLEAN, reasons ARRAY<STRING>");

  private RunLog() {}

  /** Returns the rows of one run. */
  public static Dataset<Row> rows(SparkSession spark, String runId, Outcome outcome) {
    List<Row> rows = outcome.entries().stream().map(entry -> row(runId, entry)).toList();
    return spark.createDataFrame(rows, SCHEMA).coalesce(1);
  }

  private static Row row(String runId, Outcome.Entry entry) {
    return RowFactory.create(
        runId,
        entry.job(),
        entry.table(),
        scala.jdk.javaapi.CollectionConverters.asScala(entry.read()),
        entry.version(),
        scala.jdk.javaapi.CollectionConverters.asScala(entry.settings()),
        entry.rows() < 0 ? null : entry.rows(),
        entry.seconds(),
        entry.reasons().isEmpty(),
        scala.jdk.javaapi.CollectionConverters.asScala(
                entry.reasons().stream().map(RunLog::text).toList())
            .toSeq());
  }

  private static String text(Reason reason) {
    return reason.kind().name().toLowerCase(java.util.Locale.ROOT)
        + (reason.name().isEmpty() ? "" : " " + reason.name());
  }
}
