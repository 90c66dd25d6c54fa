package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Golden;
import io.recupero.TestSpark;
import io.recupero.config.Settings;
import io.recupero.config.SettingsReader;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.mart.RestatementJob;
import io.recupero.plan.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law of nights: whatever comes in whichever order, late, wrong and corrected, the gold tables
 * are those of one run over everything, row for row; and each night tells why what was published
 * before says something else now.
 *
 * <p>{@code -Dcampaign=true} tries many histories; {@code -Dlaw.seeds=5} so many.
 */
class IncrementalLawTest {

  private static final List<LocalDate> NIGHTS =
      List.of(LocalDate.of(2024, 2, 29), LocalDate.of(2024, 4, 15), LocalDate.of(2024, 6, 30));

  @TempDir Path folder;

  static Stream<Arguments> histories() {
    long seeds = Boolean.getBoolean("campaign") ? Long.getLong("law.seeds", 10) : 0;
    return Stream.concat(
        Stream.of(Arguments.of(1L, false)),
        LongStream.rangeClosed(2, seeds).mapToObj(seed -> Arguments.of(seed, seed % 2 == 0)));
  }

  @ParameterizedTest(name = "history {0}, in any order: {1}")
  @MethodSource("histories")
  @DisplayName("nights add up to one run over everything, and tell what they moved")
  void nights(long seed, boolean anyOrder) throws IOException {
    new Cut(Golden.folder().resolve("larger/input"), NIGHTS, seed, anyOrder).into(folder);
    List<Release> releases = new ArrayList<>();
    for (int night = 0; night < NIGHTS.size(); night++) {
      releases.add(run("nights", "night-" + night, night));
    }
    Release last = releases.get(NIGHTS.size() - 1);
    for (int night = 1; night < NIGHTS.size(); night++) {
      for (LocalDate published : NIGHTS.subList(0, night)) {
        explained(releases.get(night - 1), releases.get(night), published);
      }
    }
    if (!anyOrder) {
      for (int night = 0; night < NIGHTS.size() - 1; night++) {
        reproduced(releases.get(night), last, NIGHTS.get(night));
      }
    }

    Release whole = run("whole", "all", NIGHTS.size() - 1);
    for (String table : whole.tables().keySet()) {
      if (GoldRows.isOfDebts(table)) {
        assertThat(differences(table, last, whole)).as(table).isEmpty();
      }
    }
    if (!anyOrder) {
      boolean added = false;
      for (int night = 1; night < NIGHTS.size(); night++) {
        Release before = releases.get(night - 1);
        Release after = releases.get(night);
        added |= wasAddedTo("ledger.events", before, after);
        assertThat(wasAddedTo("gold.balance_daily", before, after))
            .as("the marts follow the ledger")
            .isEqualTo(wasAddedTo("ledger.events", before, after));
      }
      assertThat(added).as("the cost of a night is that of its changes").isTrue();
      assertThat(wasAddedTo("gold.contact_daily", releases.get(NIGHTS.size() - 2), last))
          .as("the marts of work follow theirs")
          .isTrue();
    }
  }

  /** Whether rows were added to the table, and none of those before rewritten. */
  private boolean wasAddedTo(String table, Release before, Release after) {
    return lake("nights")
        .added(table, before.tables().get(table), after.tables().get(table))
        .isPresent();
  }

  /** The causes add up to what the two releases say differently. */
  private void explained(Release before, Release after, LocalDate published) {
    Dataset<Row> told =
        read("nights", after, RestatementJob.TABLE)
            .where("to_release = " + after.number() + " AND as_of = DATE'" + published + "'");
    assertThat(told.where("cause IN ('unexplained', 'rule_change')").limit(5).collectAsList())
        .as("no rule has changed, every change has a record behind it")
        .isEmpty();
    Dataset<Row> moved = measures(after, published, 1).unionByName(measures(before, published, -1));
    assertThat(sums(moved).exceptAll(sums(told)).collectAsList()).isEmpty();
    assertThat(sums(told).exceptAll(sums(moved)).collectAsList()).isEmpty();
    assertThat(told.count()).as("late records move what was published").isPositive();
  }

  /** What was known at the time of a release is what it published. */
  private void reproduced(Release published, Release last, LocalDate date) {
    EarlierView then =
        new EarlierView(
            ReleasedLake.of(lake("nights"), last), Optional.of(published), published.knownAt());
    Dataset<Row> known = sums(measures(then::read, date, 1));
    Dataset<Row> told = sums(measures(published, date, 1));
    assertThat(known.exceptAll(told).limit(5).collectAsList()).isEmpty();
    assertThat(told.exceptAll(known).limit(5).collectAsList()).isEmpty();
    assertThat(told.count()).isPositive();
  }

  private Dataset<Row> measures(Release release, LocalDate date, int sign) {
    return measures(table -> read("nights", release, table), date, sign);
  }

  private static Dataset<Row> measures(
      Function<String, Dataset<Row>> tables, LocalDate date, int sign) {
    return tables
        .apply("gold.balance_daily")
        .selectExpr(
            "day",
            "currency",
            "segment",
            "portfolio_id",
            "STACK(3, 'open_amount', open_amount, 'overdue_amount', overdue_amount,"
                + " 'unapplied_amount', unapplied_amount) AS (measure, part)")
        .unionByName(
            tables
                .apply("gold.flow_daily")
                .selectExpr(
                    "day",
                    "currency",
                    "segment",
                    "portfolio_id",
                    "STACK(2, 'recovered_amount', recovered_amount, 'recovery_base_amount',"
                        + " recovery_base_amount) AS (measure, part)"))
        .where("day <= DATE'" + date + "'")
        .selectExpr("*", "part * " + sign + " AS amount");
  }

  private static Dataset<Row> sums(Dataset<Row> rows) {
    return rows.where("measure NOT LIKE 'overdue_over%' AND measure <> 'cash_amount'")
        .groupBy("currency", "segment", "portfolio_id", "measure")
        .agg(functions.expr("CAST(SUM(amount) AS DECIMAL(30, 4))").as("amount"))
        .where("amount <> 0");
  }

  private List<String> differences(String table, Release nights, Release whole) {
    Dataset<Row> added = GoldRows.cells(table, read("nights", nights, table));
    Dataset<Row> rebuilt = GoldRows.cells(table, read("whole", whole, table));
    List<Row> onlyAdded = added.exceptAll(rebuilt).collectAsList();
    List<Row> onlyRebuilt = rebuilt.exceptAll(added).collectAsList();
    List<String> told = new ArrayList<>();
    for (Row row : onlyAdded) {
      Row near =
          onlyRebuilt.stream()
              .max(Comparator.comparingInt(other -> alike(row, other)))
              .orElse(null);
      told.add("nights: " + apart(row, near));
    }
    if (onlyAdded.isEmpty()) {
      onlyRebuilt.forEach(row -> told.add("whole alone: " + row));
    }
    return told.stream().limit(10).toList();
  }

  private static int alike(Row one, Row other) {
    int alike = 0;
    for (int i = 0; i < one.size(); i++) {
      alike += Objects.equals(one.get(i), other.get(i)) ? 1 : 0;
    }
    return alike;
  }

  private static String apart(Row row, Row near) {
    if (near == null) {
      return row.toString();
    }
    List<String> apart = new ArrayList<>(List.of(row.get(0) + " " + row.get(1)));
    for (int i = 0; i < row.size(); i++) {
      if (!Objects.equals(row.get(i), near.get(i))) {
        apart.add(row.schema().fieldNames()[i] + " " + row.get(i) + " whole: " + near.get(i));
      }
    }
    return String.join(", ", apart);
  }

  private Dataset<Row> read(String lake, Release release, String table) {
    return lake(lake).read(table, release.tables().get(table));
  }

  private Lake lake(String name) {
    return Lake.open(TestSpark.session(), folder.resolve(name));
  }

  private Release run(String lake, String input, int night) {
    Instant arrived = NIGHTS.get(night).plusDays(1).atTime(6, 0).toInstant(ZoneOffset.UTC);
    Path files = folder.resolve(input);
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
                folder.resolve(lake).toString(),
                "input",
                files.toString()));
    return new Pipeline(TestSpark.session(), settings)
        .run(new RunRequest(NIGHTS.get(night), arrived, Set.of(), "test"), Progress.NONE);
  }
}
