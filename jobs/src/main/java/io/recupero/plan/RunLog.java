package io.recupero.plan;

import io.recupero.contract.Contracts;
import io.recupero.contract.Counted;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The table {@value #TABLE}: one row for each table of each job of each run, and one of the job
 * {@value #JUDGE} for each input of which records came.
 *
 * @param runId the run
 * @param asOf the date that its figures are computed to
 * @param knownAt the knowledge time that they include
 */
public record RunLog(String runId, LocalDate asOf, Instant knownAt) {

  /** The table's name. */
  public static final String TABLE = "gold.run_log";

  private static final String JUDGE = "judge";

  /**
   * Returns the rows of the run.
   *
   * @param counts what judging counted, such as {@code invoices.read}
   */
  public Dataset<Row> rows(SparkSession spark, Outcome outcome, Map<String, Long> counts) {
    Stream<Row> inputs =
        new TreeMap<>(counts)
            .keySet().stream()
                .flatMap(name -> Counted.READ.input(name).stream())
                .map(input -> row(input, counts, outcome));
    List<Row> rows = Stream.concat(inputs, outcome.entries().stream().map(this::row)).toList();
    return spark.createDataFrame(rows, Contracts.load().contract(TABLE).schema()).coalesce(1);
  }

  private Row row(String input, Map<String, Long> counts, Outcome outcome) {
    String table = "silver." + input;
    return RowFactory.create(
        runId,
        Date.valueOf(asOf),
        Timestamp.from(knownAt),
        JUDGE,
        table,
        null,
        outcome.versions().get(table),
        null,
        counts.get(Counted.ACCEPTED.of(input)),
        null,
        false,
        CollectionConverters.asScala(List.of("records came")).toSeq(),
        counts.get(Counted.READ.of(input)),
        counts.get(Counted.QUARANTINED.of(input)));
  }

  private Row row(Outcome.Entry entry) {
    return RowFactory.create(
        runId,
        Date.valueOf(asOf),
        Timestamp.from(knownAt),
        entry.job(),
        entry.table(),
        CollectionConverters.asScala(entry.read()),
        entry.version(),
        CollectionConverters.asScala(entry.settings()),
        entry.rows() < 0 ? null : entry.rows(),
        entry.seconds(),
        entry.reasons().isEmpty(),
        CollectionConverters.asScala(entry.reasons().stream().map(RunLog::text).toList()).toSeq(),
        null,
        null);
  }

  /** Returns a reason as tables and manifests say it: {@code input_moved silver.invoices}. */
  public static String text(Reason reason) {
    return reason.kind().name().toLowerCase(Locale.ROOT)
        + (reason.name().isEmpty() ? "" : " " + reason.name());
  }
}
