package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import io.recupero.config.Settings;
import io.recupero.config.SettingsReader;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.lake.Releases;
import io.recupero.lake.Rollback;
import io.recupero.plan.Decision;
import io.recupero.plan.Progress;
import io.recupero.plan.QualityLimitException;
import io.recupero.report.ReportedFigures;
import io.recupero.segment.FeatureInputs;
import io.recupero.watch.Check;
import io.recupero.watch.Manifest;
import io.recupero.watch.Manifest.Status;
import io.recupero.watch.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);
  private static final String INVOICES =
      "invoice_id,customer_id,issue_date,due_date,amount,currency\n";

  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void aNightOfARun() throws IOException {
    file("customers.csv", "customer_id,name\nC1,Ana\n");
    file("invoices.csv", INVOICES + "F1,C1,2026-01-01,2026-01-31,1000,CLP\n");
    file("payments.csv", "payment_id,customer_id,paid_on,amount,currency\n");
    Release first = run("2026-04-01T00:00:00Z");

    assertThat(first.counts())
        .containsEntry("invoices.read", 1L)
        .containsEntry("payments.read", 0L)
        .doesNotContainKey("adjustments.read");
    assertThat(overdue(first)).isEqualTo("1000.0000");
    assertThat(read(first, "gold.strategy_effect").count()).as("without strategies").isZero();
    assertThat(Pipeline.decide(settings(), AS_OF)).noneMatch(Decision::runs);

    Manifest told = manifest("run-000001");
    assertThat(told.status()).isEqualTo(Status.PUBLISHED);
    assertThat(told.inputs().get("invoices")).containsEntry("read", 1L);
    assertThat(told.tables())
        .filteredOn(table -> table.table().equals("gold.balance_daily"))
        .singleElement()
        .satisfies(table -> assertThat(table.rows()).isPositive());
    assertThat(told.figures()).isNotEmpty();
    assertThat(told.checks()).isNotEmpty();
    assertThat(read(first, "gold.checks").count()).isEqualTo(told.checks().size());
    assertThat(read(first, "gold.alerts").count()).isZero();
    assertThat(
            read(first, "gold.run_log")
                .where("job = 'judge' AND table = 'silver.invoices'")
                .first()
                .<Long>getAs("rows_read"))
        .isEqualTo(1);

    // A promise to pay an invoice that nobody has heard of waits, and only that.
    file(
        "payments.csv",
        "payment_id,customer_id,paid_on,amount,currency\nP1,C1,2026-03-01,400,CLP\n");
    file(
        "promises.csv",
        "promise_id,customer_id,made_on,due_on,amount,currency,invoice_id\n"
            + "S1,C1,2026-03-01,2026-03-31,400,CLP,F1\nS2,C1,2026-03-01,2026-03-31,7,CLP,F9\n");
    Release second = run("2026-04-02T00:00:00Z");
    assertThat(second.counts())
        .containsEntry("payments.accepted", 1L)
        .containsEntry("promises.accepted", 1L)
        .containsEntry("promises.quarantined", 1L)
        .containsEntry("promises.waiting", 1L);
    assertThat(overdue(second)).isEqualTo("600.0000");
    assertThat(restated(first)).as("nothing was published before").isEmpty();
    assertThat(restated(second))
        .containsExactly(
            "2026-03-31 cash_amount late_payment 400.0000",
            "2026-03-31 open_amount late_payment -400.0000",
            "2026-03-31 overdue_amount late_payment -400.0000",
            "2026-03-31 overdue_over_30_amount late_payment -400.0000",
            "2026-03-31 recovered_amount late_payment 400.0000");

    assertThat(
            ReportedFigures.rows(
                ReleasedLake.of(Lake.open(TestSpark.session(), settings().lake()), second),
                AS_OF,
                "restatements"))
        .containsExactly(
            "2026-03-31 CLP dinero del mes pago conocido tarde 400.0000 1 2026-04-01T21:00",
            "2026-03-31 CLP por cobrar pago conocido tarde -400.0000 1 2026-04-01T21:00",
            "2026-03-31 CLP vencido pago conocido tarde -400.0000 1 2026-04-01T21:00",
            "2026-03-31 CLP vencido a m\u00e1s de 30 d\u00edas pago conocido tarde -400.0000 1 2026-04-01T21:00",
            "2026-03-31 CLP recuperado en el mes pago conocido tarde 400.0000 1 2026-04-01T21:00");

    // Its invoice comes, and it is taken without being sent again.
    file("invoices.csv", INVOICES + "F9,C1,2026-03-20,2026-04-20,7,CLP\n");
    Release third = run("2026-04-03T00:00:00Z");
    assertThat(read(third, "quarantine").count()).isZero();
    assertThat(
            read(third, "silver.promises")
                .where("promise_id = 'S2'")
                .first()
                .<Object>getAs("known_at"))
        .hasToString("2026-04-03 00:00:00.0");

    // Nothing has come: the release stays, and nothing is written.
    assertThat(run("2026-04-03T12:00:00Z")).isEqualTo(third);
    assertThat(Releases.of(settings().lake()).current()).contains(third);
    assertThat(manifest("run-000004").status()).isEqualTo(Status.NOTHING_NEW);
    assertThat(manifest("run-000004").figures()).isEqualTo(manifest("run-000003").figures());

    // Too much is wrong: nothing is published, and the next run starts from the last release.
    file("invoices.csv", INVOICES + "F2,C1,2026-01-01,2026-01-31,-5,CLP\n");
    assertThatThrownBy(() -> run("2026-04-04T00:00:00Z"))
        .isInstanceOf(QualityLimitException.class)
        .hasMessageContaining("1 of 1 records of invoices");
    assertThat(Releases.of(settings().lake()).current().orElseThrow().number()).isEqualTo(3);
    assertThat(manifest("run-000004").status()).isEqualTo(Status.STOPPED);
    assertThat(manifest("run-000004").checks())
        .filteredOn(Check::failed)
        .singleElement()
        .matches(check -> check.check().equals("quarantined_share"));
    file("invoices.csv", INVOICES + "F2,C1,2026-01-01,2026-01-31,5,CLP\n");
    assertThat(overdue(run("2026-04-05T00:00:00Z"))).isEqualTo("605.0000");
    assertThat(manifest("run-000004").status()).isEqualTo(Status.PUBLISHED);
    assertThat(manifest("run-000004.1").status()).as("it stays").isEqualTo(Status.STOPPED);

    // That was a mistake: back to the release before. The file is taken again when it is offered.
    Rollback.run(Releases.of(settings().lake()), 3);
    assertThat(overdue(Releases.of(settings().lake()).current().orElseThrow()))
        .isEqualTo("600.0000");
    assertThat(settings().lake().resolve("bronze/run-000004/invoices/invoices.csv")).exists();
    Release taken = run("2026-04-06T00:00:00Z");
    assertThat(overdue(taken)).isEqualTo("605.0000");
    assertThat(taken.batches()).endsWith("run-000006");
    assertThat(settings().lake().resolve("bronze/run-000004/invoices/invoices.csv"))
        .as("what was set aside stays")
        .exists();

    // Every record is judged again, each as learned when it came: nothing is other than it was.
    // The clock of this machine has gone back meanwhile, which is told and changes nothing.
    assertThat(warnings).noneMatch(warning -> warning.startsWith("The clock says"));
    Release judged = run("2026-04-01T12:00:00Z", Set.of(Pipeline.JUDGE));
    assertThat(warnings)
        .anyMatch(warning -> warning.startsWith("The clock says 2026-04-01T12:00:00Z"));
    assertThat(judged.tables().get("silver.payments"))
        .isGreaterThan(taken.tables().get("silver.payments"));
    for (String table : List.of("silver.payments", "silver.invoices", "ledger.events")) {
      assertThat(read(judged, table).exceptAll(read(taken, table)).collectAsList())
          .as(table)
          .isEmpty();
      assertThat(read(judged, table).count()).as(table).isEqualTo(read(taken, table).count());
    }
    assertThat(restated(judged)).isEqualTo(restated(taken));
  }

  private List<String> restated(Release release) {
    return read(release, "gold.restatements")
        .selectExpr("CONCAT_WS(' ', as_of, measure, cause, amount) AS told")
        .orderBy("told")
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList();
  }

  @Test
  void segmentsComeFromTheFileWhereItSaysThemElseFromTheRules() throws IOException {
    file("customers.csv", "customer_id,company_size\nC1,large\n");
    file("invoices.csv", INVOICES + "F1,C1,2026-01-01,2026-02-28,1000,CLP\n");
    file("holidays.csv", "country,date,name\nCL,2026-03-02,Feriado\n");
    Release silent = run("2026-04-01T00:00:00Z");

    assertThat(silent.settings()).containsEntry("segments", "rules");
    assertThat(segments(silent)).containsExactly("key_account");
    assertThat(overdueDays(silent)).isEqualTo(31);
    assertThat(read(silent, "gold.customer_features").first().<Object>getAs("as_of"))
        .hasToString("2026-03-31");
    assertThat(read(silent, "gold.segment_features").count()).isPositive();
    assertThat(Pipeline.decide(settings(), AS_OF)).noneMatch(Decision::runs);

    // Once a file says segments, they are the segments, and what hangs on them runs again.
    file("customers.csv", "customer_id,company_size,segment\nC1,large,vip\n");
    Release told = run("2026-04-02T00:00:00Z");
    assertThat(told.settings()).containsEntry("segments", "given");
    assertThat(segments(told)).containsExactly("vip");
    assertThat(told.tables().get("ledger.events")).isEqualTo(silent.tables().get("ledger.events"));
    // What was said of the past by rules is kept, with the run that said otherwise.
    assertThat(
            read(told, "gold.segment_history")
                .where("valid_from IS NULL OR valid_from <= DATE'2026-02-10'")
                .where("valid_to IS NULL OR valid_to >= DATE'2026-02-10'")
                .orderBy("known_from")
                .selectExpr(
                    "CONCAT_WS(' ', segment, decided_by, stage, known_from, COALESCE(STRING(known_to), '-'))")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList())
        .containsExactly(
            "key_account rules preventive 2026-04-01 00:00:00 2026-04-02 00:00:00",
            "vip given 2026-04-02 00:00:00 -");

    // Due on a Saturday before a Sunday: payable on Monday.
    Release moved = run("2026-04-03T00:00:00Z", "due_on_business_day");
    assertThat(overdueDays(moved)).isEqualTo(29);
    // Whoever compares segments counts from the same due dates.
    assertThat(
            FeatureInputs.of(
                    ReleasedLake.of(Lake.open(TestSpark.session(), settings().lake()), moved))
                .invoices()
                .selectExpr("STRING(MIN(due_date))")
                .first()
                .getString(0))
        .isEqualTo("2026-03-02");
  }

  private Manifest manifest(String runId) {
    return Manifests.of(settings().lake()).read(runId).orElseThrow();
  }

  private List<String> segments(Release release) {
    return read(release, "silver.customer_attributes")
        .where("segment IS NOT NULL")
        .selectExpr("segment")
        .distinct()
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList();
  }

  private int overdueDays(Release release) {
    return read(release, "gold.balance_daily")
        .where("overdue_amount <> 0")
        .selectExpr("DATEDIFF(DATE'" + AS_OF + "', MIN(day)) + 1")
        .first()
        .getInt(0);
  }

  private Release run(String arrivedAt, String rule) {
    Map<String, String> options = new java.util.HashMap<>(options());
    options.put(rule, "true");
    return new Pipeline(
            TestSpark.session(), SettingsReader.read(Optional.empty(), Map.of(), options))
        .run(new RunRequest(AS_OF, Instant.parse(arrivedAt), Set.of(), "test"), Progress.NONE);
  }

  private Release run(String arrivedAt) {
    return run(arrivedAt, Set.of());
  }

  private Progress warned() {
    return new Progress() {
      @Override
      public void warned(String warning) {
        warnings.add(warning);
      }
    };
  }

  private Release run(String arrivedAt, Set<String> forced) {
    return new Pipeline(TestSpark.session(), settings())
        .run(new RunRequest(AS_OF, Instant.parse(arrivedAt), forced, "test"), warned());
  }

  private Settings settings() {
    return SettingsReader.read(Optional.empty(), Map.of(), options());
  }

  private Map<String, String> options() {
    return Map.of(
        "timezone",
        "America/Santiago",
        "max_quarantined_share",
        "0.5",
        "max_quarantined_records",
        "0",
        "lake",
        folder.resolve("lake").toString(),
        "input",
        folder.resolve("input").toString());
  }

  private String overdue(Release release) {
    return read(release, "gold.balance_daily")
        .selectExpr("CAST(SUM(overdue_amount) AS DECIMAL(18, 4))")
        .first()
        .getDecimal(0)
        .toPlainString();
  }

  private org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> read(
      Release release, String table) {
    return ReleasedLake.of(Lake.open(TestSpark.session(), settings().lake()), release).read(table);
  }

  private void file(String name, String content) throws IOException {
    Files.createDirectories(folder.resolve("input"));
    Files.writeString(folder.resolve("input").resolve(name), content);
  }
}
