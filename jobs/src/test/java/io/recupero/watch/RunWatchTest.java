package io.recupero.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import io.recupero.config.Settings;
import io.recupero.config.SettingsReader;
import io.recupero.contract.Contracts;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.plan.Outcome;
import io.recupero.plan.Progress;
import io.recupero.plan.QualityLimitException;
import io.recupero.plan.RunLog;
import io.recupero.watch.Manifest.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before a release, on tables as jobs would have written them. */
class RunWatchTest {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);

  @TempDir Path folder;
  private final List<Manifest> told = new ArrayList<>();

  @Test
  void aRunThatIsOffByACentIsNotPublishedAndSaysWhichTotalAndWhatToDo() throws IOException {
    Lake lake = Lake.open(TestSpark.session(), folder);
    Map<String, Long> tables = tables(lake, "0.01", "-0.01", "2026-03-31", "40");

    assertThatThrownBy(() -> run(lake, tables))
        .isInstanceOf(QualityLimitException.class)
        .hasMessageContaining(
            "the check month_bridge failed. The bridge of the month to 2026-03-31")
        .hasMessageContaining("in CLP, portfolio P1: 0.01 is left over")
        .hasMessageContaining("the check reconciliation failed. The ledger and the marts differ by")
        .hasMessageContaining("-0.01 CLP in what is open at 2026-03-31")
        .hasMessageContaining("run again with --force");

    assertThat(lake.exists("gold.checks")).as("nothing is written").isFalse();
    Manifest manifest = manifest();
    assertThat(manifest.status()).isEqualTo(Status.STOPPED);
    assertThat(manifest.failure().cause()).contains("month_bridge");
    assertThat(manifest.checks()).filteredOn(Check::failed).hasSize(2);
    assertThat(Files.readString(folder.resolve("logs/run-000001.jsonl")))
        .contains("\"event\":\"check_failed\"", "\"event\":\"run_failed\"", "\"remedy\":");
  }

  @Test
  void whatIsOnlyWarnedOfIsPublishedWithItsFindings() throws IOException {
    Lake lake = Lake.open(TestSpark.session(), folder);
    run(lake, tables(lake, "0.00", "0.00", "2026-03-20", "90"));

    List<Row> rows = lake.read("gold.checks").where("NOT passed").orderBy("check").collectAsList();
    assertThat(rows)
        .extracting(row -> row.<String>getAs("check"))
        .containsExactly("freshness", "kpi_history");
    assertThat(rows.get(0).<String>getAs("text_en"))
        .isEqualTo(
            "invoices: the newest issue_date is 2026-03-20, 11 days before 2026-03-31; 7 are allowed.");
    assertThat(rows.get(1).<String>getAs("slice")).isEqualTo("kpi=delinquency_index, currency=CLP");
    assertThat(rows.get(1).<String>getAs("text_es"))
        .contains("90; en 12 cierres la mediana es 40,5, y lo habitual va de 38 a 43");
    assertThat(lake.read("gold.alerts").count()).as("an empty table is there").isZero();
    assertThat(lake.read("gold.run_log").schema().fieldNames())
        .containsExactly(Contracts.load().contract("gold.run_log").names().toArray(String[]::new));

    Manifest manifest = manifest();
    assertThat(manifest.status()).isEqualTo(Status.PUBLISHED);
    assertThat(manifest.figures())
        .singleElement()
        .satisfies(figure -> assertThat(figure.value()).isEqualByComparingTo("90"));
    assertThat(manifest.inputs().get("invoices")).containsEntry("quarantined", 1L);
    assertThat(manifest.checks())
        .filteredOn(check -> check.check().equals("quarantined_share"))
        .singleElement()
        .matches(Check::passed);
    assertThat(told).containsExactly(manifest);
  }

  @Test
  void theUsersOwnFileMakesAWarningStop() throws IOException {
    Files.writeString(
        folder.resolve("checks.yaml"), "checks:\n  freshness: {severity: stop, days: 3}\n");
    Lake lake = Lake.open(TestSpark.session(), folder);

    assertThatThrownBy(() -> run(lake, tables(lake, "0.00", "0.00", "2026-03-27", "40")))
        .isInstanceOf(QualityLimitException.class)
        .hasMessageContaining("the check freshness failed. invoices: the newest issue_date is");
  }

  private Release run(Lake lake, Map<String, Long> tables) {
    RunLog run = new RunLog("run-000001", AS_OF, Instant.parse("2026-04-01T00:00:00Z"));
    RunWatch watch = new RunWatch(settings(), run, "recupero run", Progress.NONE, told::add);
    return watch.over(
        () -> {
          watch.counted(
              Map.of("invoices.read", 20L, "invoices.accepted", 19L, "invoices.quarantined", 1L),
              Map.of());
          watch.look(lake, new Outcome(tables, Map.of(), List.of()));
          return new Release(1, run.runId(), AS_OF, run.knownAt(), null, tables, null, null, null);
        });
  }

  private Settings settings() {
    Map<String, String> options = new HashMap<>();
    options.put("timezone", "America/Santiago");
    options.put("lake", folder.toString());
    if (Files.exists(folder.resolve("checks.yaml"))) {
      options.put("checks", folder.resolve("checks.yaml").toString());
    }
    return SettingsReader.read(Optional.empty(), Map.of(), options);
  }

  private Manifest manifest() {
    return Manifests.of(folder).read("run-000001").orElseThrow();
  }

  /** The tables that are looked at: twelve month ends of 40 and 41 %, and a figure today. */
  private static Map<String, Long> tables(
      Lake lake, String bridge, String ledger, String newest, String index) {
    String cell = "SELECT DATE'2026-03-31' AS as_of, 'CLP' AS currency, ";
    Map<String, String> queries =
        Map.of(
            "gold.month_bridge",
            cell + "'P1' AS portfolio_id, " + bridge + "BD AS difference",
            "gold.reconciliation",
            cell + "'open' AS what, " + ledger + "BD AS difference",
            "silver.invoices",
            "SELECT DATE'" + newest + "' AS issue_date UNION ALL SELECT DATE'2027-01-01'",
            "gold.scorecard",
            "SELECT last_day(add_months(DATE'2026-03-31', -i)) AS as_of, 'total' AS cut,"
                + " 'delinquency_index' AS kpi, 'CLP' AS currency, CAST(IF(i = 0, "
                + index
                + ", 40 + i % 2) AS DECIMAL(38,12)) AS value"
                + " FROM (SELECT explode(sequence(0, 13)) AS i)");
    Map<String, Long> versions = new HashMap<>();
    queries.forEach(
        (table, sql) ->
            versions.put(table, lake.overwrite(table, lake.spark().sql(sql)).version()));
    return versions;
  }
}
