package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.config.SettingsReader;
import io.recupero.contract.Contracts;
import io.recupero.lake.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InLakeTest {

  private static final String LINEAGE =
      "'b' _batch, 'f' _file, CAST(n AS BIGINT) _record, TIMESTAMP'2026-05-01 12:00:00Z'"
          + " _arrived_at, CONCAT('as it came: ', n) _raw, CAST(NULL AS STRING) _problem";
  private static final String INVOICES =
      "SELECT id invoice_id, 'C1' customer_id, '2026-03-01' issue_date, '2026-03-31' due_date,"
          + " '100' amount, currency, "
          + LINEAGE
          + " FROM VALUES (1, 'F1', 'CLP'), (2, 'F1', 'CLP'), (3, 'F2', 'XXX'), (4, 'F3', 'CLP')"
          + " t(n, id, currency)";
  private static final String PAYMENTS =
      "SELECT id payment_id, 'C1' customer_id, '2026-04-01' paid_on, amount, 'CLP' currency,"
          + " reverses reverses_payment_id, "
          + LINEAGE
          + " FROM VALUES (1, 'R1', '100', NULL), (2, 'R2', '100', 'R1'), (3, 'R3', '99', 'R1'),"
          + " (4, 'R4', '50', NULL) t(n, id, amount, reverses)";
  private static final String APPLICATIONS =
      "SELECT payment payment_id, invoice invoice_id, amount, "
          + LINEAGE
          + " FROM VALUES (1, 'R1', 'F1', '60'), (2, 'R1', 'F3', '60'), (3, 'R4', 'F3', '50'),"
          + " (4, 'R4', 'F2', '1') t(n, payment, invoice, amount)";

  @TempDir Path folder;

  @Test
  void whatIsWrittenStraightToSilverIsAllThatIsAcceptedAndNothingThatIsRefused() {
    Lake lake = Lake.open(TestSpark.session(), folder);
    Judging.Arrival arrival =
        new Judging.Arrival(
            Map.of(
                "invoices", text(INVOICES),
                "payments", text(PAYMENTS),
                "payment_applications", text(APPLICATIONS)),
            true,
            true,
            "b",
            Instant.parse("2026-05-01T12:00:00Z"),
            Map.of(),
            Map.of());
    var settings =
        SettingsReader.read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "timezone", "America/Santiago",
                "lake", folder.toString(),
                "max_quarantined_share", "0.9"));

    Judging.Result result = new Judging(lake, Contracts.load(), settings).run(arrival, Map.of());

    assertThat(result.counts())
        .containsEntry("invoices.accepted", 2L)
        .containsEntry("invoices.quarantined", 1L)
        .containsEntry("invoices.identical", 1L)
        .containsEntry("payments.accepted", 3L)
        .containsEntry("payment_applications.quarantined", 3L)
        .containsEntry("payment_applications.waiting", 1L)
        .containsEntry("payment_applications.accepted", 1L);
    assertThat(seen(lake.read("silver.invoices"), "invoice_id || ' ' || _repeated"))
        .containsExactly("F1 true", "F3 false");
    assertThat(seen(lake.read("silver.payment_applications"), "payment_id || ' ' || owner_id"))
        .containsExactly("R1 C1");
    assertThat(
            seen(lake.read("quarantine"), "key || ': ' || array_join(reasons, ' ') || ', ' || raw"))
        .containsExactly(
            "F2: currency_not_listed, as it came: 3",
            "R1|F3|2026-04-01: beyond_payment, as it came: 2",
            "R3: reversed_twice, as it came: 3",
            "R4|F2|2026-04-01: unknown_invoice, as it came: 4",
            // what waits is reserved first: the rest of R4 is not enough
            "R4|F3|2026-04-01: beyond_payment, as it came: 3");
    assertThat(result.versions())
        .containsOnlyKeys(
            "quarantine", "silver.invoices", "silver.payments", "silver.payment_applications");
  }

  private static Dataset<Row> text(String sql) {
    return TestSpark.session().sql(sql);
  }

  private static java.util.List<String> seen(Dataset<Row> rows, String sql) {
    return rows.selectExpr(sql).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
