package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.Golden;
import io.recupero.TestSpark;
import io.recupero.config.Settings;
import io.recupero.config.SettingsReader;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import io.recupero.plan.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes no more writes, at any write of a night: the last release stays whole, and the
 * next run publishes what it would have published without the fault.
 *
 * <p>{@code -Dcampaign=true} dies at every {@code -Dfaults.step=20}th write; otherwise at one.
 */
class FaultsTest {

  private static final LocalDate FIRST = LocalDate.of(2024, 4, 30);
  private static final LocalDate SECOND = LocalDate.of(2024, 6, 30);

  @TempDir Path folder;

  @BeforeEach
  void disk() {
    DyingFileSystem.enable(TestSpark.session().sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void revive() {
    DyingFileSystem.revive();
  }

  @Test
  @DisplayName("whatever write a night dies at, the next run makes it as if nothing had happened")
  void diesAtAnyWrite() throws IOException {
    Path history = Golden.folder().resolve("input");
    Path whole = Files.createDirectories(folder.resolve("whole"));
    Path begun = Files.createDirectories(folder.resolve("begun"));
    try (Stream<Path> files = Files.list(history)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".csv")).toList()) {
        var lines = Files.readAllLines(file);
        Files.write(begun.resolve(file.getFileName()), lines.subList(0, lines.size() * 2 / 3));
        Files.write(whole.resolve(file.getFileName()), lines);
      }
    }
    Release first = run(begun, FIRST);
    Path kept = folder.resolve("kept");
    FileUtils.copyDirectory(folder.resolve("place").toFile(), kept.toFile());
    DyingFileSystem.revive();
    Release reference = run(whole, SECOND);
    long writes = DyingFileSystem.writes();
    Map<String, Long> expected = hashes(reference);

    long[] deaths =
        Boolean.getBoolean("campaign")
            ? LongStream.iterate(1, it -> it < writes, it -> it + Long.getLong("faults.step", 20))
                .toArray()
            : new long[] {writes * 2 / 3};
    for (long write : deaths) {
      restart(kept);
      DyingFileSystem.dieAfter(write);
      assertThatThrownBy(() -> run(whole, SECOND))
          .as("write " + write)
          .isInstanceOf(Exception.class);
      assertThat(Releases.of(lake()).current()).as("the last release stays").contains(first);
      DyingFileSystem.revive();
      assertThat(hashes(run(whole, SECOND))).as("after write " + write).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName(
      "a damaged file stops the run, which says which job, why and what to do; that mends it")
  void damagedFiles() throws IOException {
    Path history = Golden.folder().resolve("input");
    Map<String, Long> expected = hashes(run(history, FIRST));
    Map<String, Set<String>> remedies = new TreeMap<>();
    remedies.put("silver/payments", Set.of(Pipeline.JUDGE));
    if (Boolean.getBoolean("campaign")) {
      remedies.put("ledger/events", Pipeline.jobNames(settings(history), FIRST));
    }
    for (Map.Entry<String, Set<String>> damaged : remedies.entrySet()) {
      damage(folder.resolve("place/tables").resolve(damaged.getKey()));
      // What reads it is asked to run: a run with nothing new reads nothing.
      assertThatThrownBy(() -> run(history, FIRST, Set.of("ledger", "marts")))
          .isInstanceOf(io.recupero.plan.JobFailedException.class)
          .hasMessageContaining(
              damaged.getKey().startsWith("silver") ? "the job ledger" : "Cannot finish the job")
          .hasMessageContaining("The last release stays.")
          .hasMessageContaining("--force");
      assertThat(hashes(run(history, FIRST, damaged.getValue())))
          .as(damaged.getKey())
          .isEqualTo(expected);
    }
  }

  private static void damage(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".parquet")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
      }
    }
  }

  private void restart(Path kept) throws IOException {
    TestSpark.session().sharedState().cacheManager().clearCache();
    org.apache.spark.sql.delta.DeltaLog.clearCache();
    FileUtils.deleteDirectory(folder.resolve("place").toFile());
    FileUtils.copyDirectory(kept.toFile(), folder.resolve("place").toFile());
  }

  private Map<String, Long> hashes(Release release) {
    return GoldRows.hashes(Lake.open(TestSpark.session(), lake()), release);
  }

  private Path lake() {
    return folder.resolve("place/lake");
  }

  private Settings settings(Path input) {
    return SettingsReader.read(
        Optional.empty(),
        Map.of(),
        Map.of(
            "timezone",
            "America/Santiago",
            "max_quarantined_share",
            "1",
            "lake",
            lake().toString(),
            "tables",
            DyingFileSystem.SCHEME + "://" + folder.resolve("place/tables"),
            "input",
            input.toString()));
  }

  private Release run(Path input, LocalDate asOf) {
    return run(input, asOf, Set.of());
  }

  private Release run(Path input, LocalDate asOf, Set<String> forced) {
    Instant arrived = asOf.plusDays(1).atTime(6, 0).toInstant(java.time.ZoneOffset.UTC);
    return new Pipeline(TestSpark.session(), settings(input))
        .run(new RunRequest(asOf, arrived, forced, "test"), Progress.NONE);
  }
}
