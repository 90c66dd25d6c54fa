package io.recupero.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.recupero.contract.Text;
import io.recupero.watch.Check.Severity;
import io.recupero.watch.Manifest.OfTable;
import io.recupero.watch.Manifest.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are told of a run: manifest, log and metrics. */
class ToldTest {

  private static final Instant NOW = Instant.parse("2026-04-01T09:30:00Z");

  /** The Python tests parse it with the parser of Prometheus: what they accept is what we write. */
  private static final Path EXPECTED = Path.of("jobs/src/test/resources/watch/metrics.prom");

  @TempDir Path folder;

  @Test
  void aManifestComesBackAsItWasWrittenAndAFailedOneIsKeptBesideTheNext() throws IOException {
    Manifests manifests = Manifests.of(folder);
    Manifest failed = manifest(Status.FAILED, new Failure("scorecard", "no", "mend it"));
    manifests.write(failed);
    Manifest published = manifest(Status.PUBLISHED, null);
    manifests.write(published);
    manifests.write(published);

    assertThat(manifests.read("run-000007")).contains(published);
    assertThat(manifests.read("run-000007.1")).contains(failed);
    try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
      assertThat(files).as("no temporary file stays").hasSize(2);
    }
    JsonNode json = new ObjectMapper().readTree(folder.resolve("runs/run-000007.json").toFile());
    assertThat(json.get("status").asText()).isEqualTo("published");
    assertThat(json.at("/inputs/invoices/quarantined").asLong()).isEqualTo(2);
    assertThat(json.at("/tables/0/seconds").asText()).isEqualTo("1.25");
    assertThat(json.at("/known_at").asText()).isEqualTo("2026-04-01T09:00:00Z");
    assertThat(json.at("/findings/0/records").asLong()).isEqualTo(3);
    assertThat(json.at("/findings/0/text/es").asText()).isEqualTo("raro");
    assertThat(json.at("/checks/0/severity").asText()).isEqualTo("warn");
  }

  @Test
  void theLogIsOneObjectALineAndAFailureNamesJobCauseAndRemedy() throws IOException {
    StringWriter text = new StringWriter();
    JsonLog log = new JsonLog(new PrintWriter(text), Clock.fixed(NOW, ZoneOffset.UTC));
    log.began("run-000007");
    log.started("scorecard", 1, 2);
    log.finished("scorecard", 1, 2, Duration.ofMillis(1250), 42);
    log.skipped("bridge", 2, 2);
    log.ended(manifest(Status.FAILED, new Failure("scorecard", "no \"x\"\nhere", "mend it")));

    List<String> lines = text.toString().lines().toList();
    assertThat(lines)
        .contains(
            "{\"time\":\"2026-04-01T09:30:00Z\",\"level\":\"info\",\"run_id\":\"run-000007\","
                + "\"event\":\"step_finished\",\"step\":\"scorecard\",\"seconds\":1.250,\"rows\":42}",
            "{\"time\":\"2026-04-01T09:30:00Z\",\"level\":\"info\",\"run_id\":\"run-000007\","
                + "\"event\":\"step_skipped\",\"step\":\"bridge\"}");
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .endsWith(
                        "\"event\":\"finding\",\"finding\":\"not_listed\",\"stage\":\"judging\","
                            + "\"table\":\"customers\",\"column\":\"country\",\"records\":3,"
                            + "\"message\":\"odd\"}"));
    ObjectMapper json = new ObjectMapper();
    for (String line : lines) {
      assertThat(json.readTree(line).get("run_id").asText()).isEqualTo("run-000007");
    }
    JsonNode last = json.readTree(lines.get(lines.size() - 1));
    assertThat(last.get("event").asText()).isEqualTo("run_failed");
    assertThat(last.get("level").asText()).isEqualTo("error");
    assertThat(last.get("job").asText()).isEqualTo("scorecard");
    assertThat(last.get("cause").asText()).isEqualTo("no \"x\"\nhere");
    assertThat(last.get("remedy").asText()).isEqualTo("mend it");
  }

  @Test
  void theMetricsAreThoseThatTheParserOfPrometheusAccepts() throws IOException {
    Path file = folder.resolve("textfile/recupero.prom");
    Metrics.write(file, manifest(Status.PUBLISHED, null));

    assertThat(Files.readString(file)).isEqualTo(Files.readString(EXPECTED));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).as("no half-written file for the collector to find").hasSize(1);
    }
  }

  @Test
  void aFullDiskIsARemedyOfItsOwn() {
    IOException full = new IOException("No space left on device");
    Failure failure = Failure.of(new IllegalStateException("Cannot write", full), "marts");

    assertThat(failure.job()).isEqualTo("marts");
    assertThat(failure.remedy()).startsWith("Make room on the disk");
  }

  private static Manifest manifest(Status status, Failure failure) {
    BigDecimal index = new BigDecimal("38.402175");
    return new Manifest(
        "run-000007",
        status,
        failure,
        "recupero run",
        LocalDate.of(2026, 3, 31),
        Instant.parse("2026-04-01T09:00:00Z"),
        Instant.parse("2026-04-01T09:00:01Z"),
        new BigDecimal("61.5"),
        7,
        Map.of("invoices", Map.of("quarantined", 2L)),
        List.of(),
        List.of(),
        List.of(
            new OfTable(
                "scorecard",
                "gold.scorecard",
                3,
                42L,
                new BigDecimal("1.25"),
                false,
                List.of("input_moved gold.flow_daily"))),
        List.of(
            new Check(
                "freshness",
                "table=invoices",
                Severity.WARN,
                false,
                BigDecimal.TEN,
                BigDecimal.valueOf(7),
                new Text("vieja", "old"))),
        List.of(
            new Alert(
                "index_high",
                "delinquency_index",
                "currency=CLP",
                "critical",
                index,
                BigDecimal.valueOf(30),
                new Text("alto", "high"))),
        List.of(
            new Finding(
                "judging",
                "customers",
                "country",
                "not_listed",
                3,
                "customers.csv",
                2L,
                "C2",
                "Chilee",
                new Text("raro", "odd"))),
        List.of(
            new Figure(LocalDate.of(2026, 3, 31), "delinquency_index", "CLP", index),
            new Figure(LocalDate.of(2026, 3, 31), "csat", null, new BigDecimal("71"))));
  }
}
