package io.recupero.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What is said of refused records, and of rounded amounts. */
class ReasonTextsTest {

  private static Dataset<Row> invoices(String rows) {
    return TestSpark.session()
        .sql(
            "SELECT id invoice_id, 'C1' customer_id, issue issue_date, '2026-03-31' due_date, amount,"
                + " currency, 'b' _batch, 'invoices.csv' _file, row_number() OVER (ORDER BY id) _record,"
                + " TIMESTAMP'2026-04-01 00:00:00Z' _arrived_at, '{}' _raw, problem _problem,"
                + " CAST(NULL AS STRING) _findings, written _written, rounding _rounding FROM VALUES "
                + rows
                + " AS t(id, issue, amount, currency, problem, written, rounding)");
  }

  private static Judged judge(String rows) {
    return Judge.judge(Map.of("invoices", invoices(rows)), JudgeSettings.in(ZoneId.of("UTC")))
        .get("invoices");
  }

  private static List<String> texts(Judged judged, String column) {
    return judged.quarantine().orderBy("key").select(column).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void aReasonShowsWhatIsWrittenAndWhereItIsMade() {
    Judged judged =
        judge(
            "('1', '2026-03-01', '1\u00A0234,50', 'USD', NULL, 'invalid_amount\\terp.yaml:12\\t1.234,56', NULL),"
                + " ('2', 's/f', '1', 'USD', NULL, NULL, NULL),"
                + " ('3', '2026-03-01', '1', 'USD', 'failed_expression', 'failed_expression\\tcustomer_id erp.yaml:9 X', NULL)");
    assertThat(texts(judged, "reasons_en"))
        .containsExactly(
            "amount is not a number as its file is read (without a mapping: a point and no other separator): «1[U+00A0]234,50», expected such as 1.234,56 (erp.yaml:12)",
            "issue_date is not a date as its file is read (without a mapping: 2026-03-31): «s/f»",
            "an expression of the mapping fails on this record: correct the record, or write try_cast there (customer_id erp.yaml:9 X)");
    assertThat(texts(judged, "reasons_es").get(0))
        .endsWith(": «1[U+00A0]234,50», se espera como 1.234,56 (erp.yaml:12)");
    assertThat(judged.counts().balance()).isTrue();
  }

  @Test
  void amountsAreRoundedWhereAMappingSaysSoAndAreAFinding() {
    Judged judged =
        judge(
            "('1', '2026-03-01', '1234.5600000000001', 'USD', NULL, NULL, 'half_up'),"
                + " ('2', '2026-03-01', '0.125', 'USD', NULL, NULL, 'half_up'),"
                + " ('3', '2026-03-01', '99.5', 'CLP', NULL, NULL, 'half_up'),"
                + " ('4', '2026-03-01', '10.00', 'CLP', NULL, NULL, 'half_up'),"
                + " ('5', '2026-03-01', '1234.5600000000001', 'USD', NULL, NULL, NULL)");
    assertThat(
            judged
                .silver()
                .orderBy("invoice_id")
                .selectExpr("concat_ws(' ', amount, _findings)")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0)))
        .containsExactly(
            "1234.5600 amount rounded 1234.5600000000001",
            "0.1300 amount rounded 0.125",
            "100.0000 amount rounded 99.5",
            "10.0000");
    assertThat(texts(judged, "reasons_en"))
        .containsExactly(
            "amount has more decimals than its currency: send it rounded, or say rounding: half_up in a mapping: «1234.5600000000001»");
  }

  @Test
  void whatNobodySeesIsWrittenAsItsCode() {
    assertThat(Told.visible("a b\u202F1\u200B\u2212")).isEqualTo("a b[U+202F]1[U+200B]\u2212");
  }
}
