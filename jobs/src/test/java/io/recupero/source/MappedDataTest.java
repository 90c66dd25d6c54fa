package io.recupero.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Shared;
import io.recupero.TestSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The mappings of the real data sets, held against the figures that are published with the data.
 */
class MappedDataTest {

  @TempDir Path lake;

  private SourceTables read(String mapping, Path input) {
    var loaded = Mappings.load(Path.of("schemas/mappings", mapping + ".yaml"));
    var batch =
        new Intake(lake)
            .take(mapping, Inbox.ARRIVED, loaded.name(), MappedFiles.find(loaded, input));
    return new SourceReader(TestSpark.session(), lake).read(batch, loaded);
  }

  private static String sums(Dataset<Row> frame, String... columns) {
    return frame.selectExpr(columns).head().mkString(" ");
  }

  @Test
  void bothIbmCopiesGiveTheSameBookAndKeepTheirIds() {
    for (String copy : List.of("ibm-ar", "ibm-ar-padded")) {
      var frames = read(copy, Shared.folder("data/ibm-ar")).frames();
      assertThat(
              sums(
                  frames.get("invoices"),
                  "count(*)",
                  "count(distinct invoice_id)",
                  "sum(cast(amount as decimal(18,2)))",
                  "min(issue_date)",
                  "max(cast(due_date as date))",
                  "count_if(_problem is not null)"))
          .as(copy)
          .isEqualTo("2466 2466 147703.18 2012-01-03 2014-01-01 0");
      assertThat(sums(frames.get("payments"), "count(*)", "max(cast(paid_on as date))"))
          .isEqualTo("2466 2014-01-09");
      assertThat(sums(frames.get("payment_applications"), "count(*)", "count(distinct invoice_id)"))
          .isEqualTo("2466 2466");
      assertThat(sums(frames.get("customers"), "count(*)", "count(distinct customer_id)"))
          .isEqualTo("100 100");
      assertThat(frames.get("invoices").filter("invoice_id like '0%'").count())
          .isEqualTo(copy.equals("ibm-ar") ? 0 : 266);
    }
  }

  @Test
  void classicmodelsBillsItsOrdersWithoutTheCancelledOnes() {
    var frames = read("classicmodels", Shared.folder("data/classicmodels")).frames();
    // 9,604,190.61 ordered less 238,854.18 cancelled
    assertThat(
            sums(
                frames.get("invoices"),
                "count(*)",
                "sum(cast(amount as decimal(18,2)))",
                "count_if(due_date <> cast(date_add(cast(issue_date as date), 30) as string))"))
        .isEqualTo("320 9365336.43 0");
    assertThat(
            sums(
                frames.get("payments"),
                "count(*)",
                "sum(cast(amount as decimal(18,2)))",
                "count(distinct payment_id)"))
        .isEqualTo("273 8853839.23 273");
    assertThat(sums(frames.get("customers"), "count(*)", "count(country)")).isEqualTo("122 122");
    assertThat(frames).doesNotContainKey("payment_applications");
  }

  @Test
  void telecomPaymentsOfAnotherAccountsPromiseAreFound() {
    var tables = read("telecom-collections-synth", Shared.folder("data/telecom-collections-synth"));
    var frames = tables.frames();
    assertThat(
            sums(
                frames.get("invoices"),
                "count(*)",
                "count(distinct invoice_id)",
                "min(due_date)",
                "max(due_date)"))
        .isEqualTo("15340 15340 2024-05-17 2026-01-29");
    assertThat(
            sums(
                frames.get("payments"),
                "count(*)",
                "count(distinct payment_id)",
                "count_if(paid_on > '2026-01-31')",
                "round(sum(if(paid_on > '2026-01-31', cast(amount as decimal(18,2)), 0)) / 1e6, 2)"))
        .isEqualTo("27682 27682 6064 15.68");
    assertThat(frames.get("promises").count()).isEqualTo(13299);
    assertThat(
            Inbox.rows(
                tables
                    .findings()
                    .groupBy("finding")
                    .agg(org.apache.spark.sql.functions.expr("count(*) n"))
                    .selectExpr("*", "1 _file", "1 _record"),
                "finding",
                "n"))
        .containsExactly("promise_of_another_account|2915");
  }

  @Test
  void cassandraBillsGetIdsThatAreTheSameEveryTime() {
    var frames = read("cassandra-udyam22", Shared.folder("data/cassandra-udyam22")).frames();
    assertThat(
            sums(
                frames.get("invoices"),
                "count(*)",
                "count(distinct invoice_id)",
                "min(issue_date)",
                "max(due_date)",
                "count_if(invoice_id like '%-2')",
                "max(cast(amount as decimal(18,2)))"))
        .isEqualTo("9878 9878 2011-03-24 2017-12-05 1 10666667.58");
    assertThat(
            sums(
                frames.get("payments"),
                "count(*)",
                "count(paid_on)",
                "count_if(cast(amount as decimal(18,2)) <= 0)"))
        .isEqualTo("8753 8753 0");
    assertThat(Inbox.rows(frames.get("invoices"), "invoice_id").get(0))
        .matches("test-[0-9a-f]{16}-1");
  }

  @Test
  void theLatinAmericanExampleReadsCommasPointsAndLatin1() {
    var frames = read("erp-latam", null).frames();
    assertThat(Inbox.rows(frames.get("customers"), "customer_id", "name", "region", "credit_limit"))
        .containsExactly(
            "0101|Almacén Ñuñoa SpA|Metropolitana|5000000",
            "0102|Distribuidora \"El Peñón\"; Ltda.|Coquimbo|null",
            "0103|Panadería San José|null|750000");
    assertThat(
            Inbox.rows(
                frames.get("invoices"),
                "invoice_id",
                "issue_date",
                "due_date",
                "amount",
                "currency",
                "document_type",
                "recorded_at",
                "_file",
                "_record"))
        .containsExactly(
            "FA-000101|2026-01-05|2026-02-04|1234567|CLP|invoice|2026-01-05T12:15:00.000000Z|documentos/documentos-2026-01.csv|1",
            "FA-000102|2026-01-12|2026-02-11|12345.67|USD|invoice|2026-01-12T20:40:00.000000Z|documentos/documentos-2026-01.csv|2",
            "ND-000007|2026-01-20|2026-02-19|15000|CLP|debit_note|2026-01-20T11:30:00.000000Z|documentos/documentos-2026-01.csv|4",
            "FA-000104|2026-02-02|2026-03-04|450000|CLP|invoice|2026-02-02T13:05:00.000000Z|documentos/documentos-2026-02.csv|1",
            "FA-000105|31/02/2026|2026-03-30|99000|CLP|invoice|2026-02-27T21:20:00.000000Z|documentos/documentos-2026-02.csv|3",
            "FA-000106|2026-02-27|2026-03-29|«1234.56»|USD|invoice|2026-02-27T21:25:00.000000Z|documentos/documentos-2026-02.csv|4");
    assertThat(
            Inbox.rows(frames.get("adjustments"), "adjustment_id", "invoice_id", "kind", "amount"))
        .containsExactly("NC-000031|FA-000101|credit_note|34567");
    assertThat(Inbox.rows(frames.get("payments"), "payment_id", "amount", "currency", "method"))
        .containsExactly("R-0001|1050000|CLP|transfer", "R-0002|12345.67|USD|cheque");
    assertThat(Inbox.rows(frames.get("payment_applications"), "payment_id", "invoice_id", "amount"))
        .containsExactly("R-0001|FA-000101|1000000", "R-0002|FA-000102|12345.67");
  }
}
