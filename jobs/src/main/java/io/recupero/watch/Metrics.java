package io.recupero.watch;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run as OpenMetrics text, for the textfile collector of node_exporter or anything that reads
 * OpenMetrics. All are gauges: each file tells one run.
 *
 * <p>Values are floating point, as the format has it; figures to be exact about are in the tables.
 */
public final class Metrics {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  private final Manifest run;
  private final MetricSnapshots.Builder all = MetricSnapshots.builder();

  private Metrics(Manifest run) {
    this.run = run;
  }

  /**
   * Writes a run's metrics; the file appears whole or not at all.
   *
   * @throws IOException where it cannot be written
   */
  public static void write(Path file, Manifest run) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path temporary = Files.createTempFile(target.getParent(), ".recupero", ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(temporary)) {
        new OpenMetricsTextFormatWriter(false, false).write(out, new Metrics(run).snapshots());
      }
      // The collector runs as somebody else; a temporary file is for its owner alone.
      if (Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(
            temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private MetricSnapshots snapshots() {
    ofTheRun();
    ofInputs();
    ofTables();
    ofFindings();
    ofFigures();
    return all.build();
  }

  private void ofTheRun() {
    gauge("run_success", "Whether the run published, or had nothing new to publish.")
        .point(run.isGood() ? 1 : 0)
        .add();
    Points status = gauge("run_status", "1 for how the run ended, 0 for the other ways.");
    Arrays.stream(Manifest.Status.values())
        .forEach(it -> status.point(it == run.status() ? 1 : 0, "status", it.word()));
    status.add();
    gauge("run_duration_seconds", "How long the run took.").point(number(run.seconds())).add();
    gauge("run_start_timestamp_seconds", "When the run began.")
        .point(run.startedAt().getEpochSecond())
        .add();
    gauge("run_as_of_timestamp_seconds", "Midnight, UTC, of the date that figures are computed to.")
        .point(run.asOf().atStartOfDay(ZoneOffset.UTC).toEpochSecond())
        .add();
    gauge("run_known_at_timestamp_seconds", "The knowledge time that figures include.")
        .point(run.knownAt().getEpochSecond())
        .add();
    gauge("release", "Number of the release that is current after the run.")
        .point(run.release())
        .add();
  }

  private void ofInputs() {
    Points rows = gauge("input_rows", "Records of an input that were read, accepted, quarantined.");
    run.inputs()
        .forEach(
            (input, counts) ->
                counts.forEach(
                    (result, count) -> rows.point(count, "input", input, "result", result)));
    rows.add();
  }

  private void ofTables() {
    Points rows =
        gauge("table_rows", "Rows that the run wrote to a table; 0 where it was skipped.");
    Map<String, BigDecimal> jobs = new LinkedHashMap<>();
    for (Manifest.OfTable table : run.tables()) {
      if (table.rows() != null) {
        rows.point(table.rows(), "job", table.job(), "table", table.table());
      }
      jobs.put(table.job(), table.seconds());
    }
    rows.add();
    Points seconds = gauge("job_duration_seconds", "How long a job took, with all its tables.");
    jobs.forEach((job, took) -> seconds.point(number(took), "job", job));
    seconds.add();
  }

  private void ofFindings() {
    Points checks = gauge("checks_failed", "Findings of a check that failed, by what that does.");
    run.checks().stream()
        .map(check -> List.of(check.check(), word(check.severity())))
        .distinct()
        .forEach(
            key ->
                checks.point(
                    run.checks().stream()
                        .filter(check -> check.failed() && check.check().equals(key.get(0)))
                        .count(),
                    "check",
                    key.get(0),
                    "severity",
                    key.get(1)));
    checks.add();
    Points alerts = gauge("alerts_firing", "Alerts that fired, by severity.");
    for (AlertRule.Severity severity : AlertRule.Severity.values()) {
      alerts.point(
          run.alerts().stream().filter(alert -> alert.severity().equals(word(severity))).count(),
          "severity",
          word(severity));
    }
    alerts.add();
  }

  private void ofFigures() {
    Points figures =
        gauge("kpi", "Headline figures at the as-of date, in the unit of their cards; 25 is 25 %.");
    run.figures().stream()
        .filter(figure -> figure.value() != null)
        .sorted(Comparator.comparing(Figure::kpi))
        .forEach(
            figure ->
                figures.point(
                    number(figure.value()),
                    "kpi",
                    figure.kpi(),
                    "currency",
                    figure.currency() == null ? "" : figure.currency()));
    figures.add();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Six decimals are what a gauge needs, and what a reader can stand. */
  private static double number(BigDecimal value) {
    return value
        .multiply(MILLION)
        .setScale(0, java.math.RoundingMode.HALF_EVEN)
        .divide(MILLION)
        .doubleValue();
  }

  private Points gauge(String name, String help) {
    return new Points(GaugeSnapshot.builder().name("recupero_" + name).help(help), all);
  }

  /** One metric under way. */
  private record Points(GaugeSnapshot.Builder gauge, MetricSnapshots.Builder all) {

    Points point(double value, String... labels) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder().labels(Labels.of(labels)).value(value).build());
      return this;
    }

    /** A metric without any points is left out: there is nothing to say of it. */
    void add() {
      GaugeSnapshot snapshot = gauge.build();
      if (!snapshot.getDataPoints().isEmpty()) {
        all.metricSnapshot(snapshot);
      }
    }
  }
}
