package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Shared;
import io.recupero.TestSpark;
import io.recupero.config.Settings;
import io.recupero.config.SettingsReader;
import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.plan.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that comes night by night, with records that come late. */
class NightsTest {

  private static final List<LocalDate> NIGHTS =
      List.of(
          LocalDate.of(2024, 2, 29),
          LocalDate.of(2024, 3, 1),
          LocalDate.of(2024, 4, 15),
          LocalDate.of(2024, 6, 30));

  private static final List<String> MARTS =
      List.of(
          "gold.balance_daily",
          "gold.flow_daily",
          "gold.vintage_daily",
          "gold.recovery_daily",
          "gold.billing_daily",
          "gold.roll_daily");

  /** The columns that tell when a record would come, if it came in time. */
  private static final Map<String, Integer> DATED =
      Map.of("invoices", 2, "payments", 2, "payment_applications", 2, "adjustments", 3);

  @TempDir Path folder;

  @Test
  @DisplayName("what nights add up to is what a rebuild of everything gives")
  void nights() throws IOException {
    Path history = Shared.folder("golden").resolve("larger/input");
    Release last = null;
    boolean added = false;
    for (int night = 0; night < NIGHTS.size(); night++) {
      slice(history, night);
      Release release = run(night, Set.of());
      if (last != null) {
        added |= wasAddedTo("ledger.events", last, release);
        assertThat(wasAddedTo("gold.balance_daily", last, release))
            .as("the marts follow the ledger")
            .isEqualTo(wasAddedTo("ledger.events", last, release));
      }
      last = release;
    }
    assertThat(added).as("the cost of a night is that of its changes").isTrue();

    LocalDate asOf = NIGHTS.get(NIGHTS.size() - 1);
    Release whole = run(NIGHTS.size() - 1, Pipeline.jobNames(settings(), asOf));
    assertThat(differences("ledger.events", last, whole)).isEmpty();
    for (String mart : MARTS) {
      assertThat(differences(mart, last, whole)).as(mart).isEmpty();
    }
  }

  /** Whether rows were added to the table, and none of those before rewritten. */
  private boolean wasAddedTo(String table, Release before, Release after) {
    return lake().added(table, before.tables().get(table), after.tables().get(table)).isPresent();
  }

  private List<Row> differences(String table, Release nights, Release whole) {
    Dataset<Row> added = cells(table, nights);
    Dataset<Row> rebuilt = cells(table, whole);
    return added.exceptAll(rebuilt).unionByName(rebuilt.exceptAll(added)).limit(10).collectAsList();
  }

  /** The table with its deltas added up; as it is, where it has none. */
  private Dataset<Row> cells(String table, Release release) {
    Dataset<Row> rows = lake().read(table, release.tables().get(table));
    Contract contract = Contracts.load().contract(table);
    List<String> parts = new ArrayList<>(contract.amounts());
    parts.addAll(contract.counts());
    if (parts.isEmpty()) {
      return rows;
    }
    Column[] keys =
        Arrays.stream(rows.columns())
            .filter(name -> !parts.contains(name))
            .map(functions::col)
            .toArray(Column[]::new);
    List<Column> sums = parts.stream().map(name -> functions.sum(name).as(name)).toList();
    return rows.groupBy(keys)
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .where(String.join(" <> 0 OR ", parts) + " <> 0");
  }

  /** Writes the files of one night: what is dated until then, but one record in ten later. */
  private void slice(Path history, int night) throws IOException {
    Path input = Files.createDirectories(folder.resolve("night-" + night));
    for (Path file : files(history)) {
      String table = file.getFileName().toString().replace(".csv", "");
      List<String> lines = Files.readAllLines(file);
      List<String> own = new ArrayList<>(lines.subList(0, 1));
      Random late = new Random(table.hashCode());
      for (String line : lines.subList(1, lines.size())) {
        int delay = late.nextInt(10) == 0 ? 1 : 0;
        if (night == Math.min(due(table, line) + delay, NIGHTS.size() - 1)) {
          own.add(line);
        }
      }
      if (night == 0 || own.size() > 1) {
        Files.write(input.resolve(file.getFileName()), own);
      }
    }
  }

  private static int due(String table, String line) {
    Integer column = DATED.get(table);
    if (column == null) {
      return 0;
    }
    String date = line.split(",", -1)[column];
    int night = 0;
    while (!date.isEmpty()
        && night < NIGHTS.size() - 1
        && LocalDate.parse(date).isAfter(NIGHTS.get(night))) {
      night++;
    }
    return night;
  }

  private static List<Path> files(Path history) throws IOException {
    try (Stream<Path> files = Files.list(history)) {
      return files
          .filter(file -> file.toString().endsWith(".csv"))
          // What the ledger and the marts do not read takes time and tells nothing here.
          .filter(
              file ->
                  DATED.containsKey(file.getFileName().toString().replace(".csv", ""))
                      || file.getFileName().toString().matches("(customers|refunds|plans)\\.csv"))
          .sorted()
          .toList();
    }
  }

  private Release run(int night, Set<String> forced) {
    Instant arrived =
        NIGHTS.get(night).plusDays(1).atTime(6, 0).toInstant(java.time.ZoneOffset.UTC);
    Settings settings =
        SettingsReader.read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "timezone",
                "America/Santiago",
                "max_quarantined_share",
                "1",
                "lake",
                folder.resolve("lake").toString(),
                "input",
                folder.resolve("night-" + night).toString()));
    return new Pipeline(TestSpark.session(), settings)
        .run(new RunRequest(NIGHTS.get(night), arrived, forced, "test"), Progress.NONE);
  }

  private Settings settings() {
    return SettingsReader.read(
        Optional.empty(),
        Map.of(),
        Map.of("timezone", "America/Santiago", "lake", folder.resolve("lake").toString()));
  }

  private Lake lake() {
    return Lake.open(TestSpark.session(), folder.resolve("lake"));
  }
}
