package io.recupero.mart;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.contract.Contracts;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class IdleMartsTest {

  private static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);

  @Test
  void withoutRecordsOfWorkNothingIsRead() {
    SparkSession spark = TestSpark.session();
    Dataset<Row> ledger =
        spark.createDataFrame(List.of(), Contracts.load().contract(MartJob.LEDGER).schema());
    // Whoever looks at one of these rows fails, and there are enough for their order to matter.
    Dataset<Row> invoices =
        spark
            .range(10_000_000)
            .selectExpr("raise_error('an invoice was read') AS customer_id", "'I' AS invoice_id");
    MartInputs nobodysWork = new MartInputs(ledger, invoices, invoices);

    Map<String, Dataset<Row>> findings = Marts.findings(AS_OF, ZoneOffset.UTC).tables(nobodysWork);
    Map<String, Dataset<Row>> work =
        new Marts(Marts.ofWork(AgeingSchemes.load().on(AS_OF), 0), AS_OF, ZoneOffset.UTC)
            .tables(nobodysWork);

    assertThat(findings).containsOnlyKeys(ContactFindings.TABLE);
    assertThat(work).hasSize(5);
    assertThat(findings.get(ContactFindings.TABLE).count()).isZero();
    work.forEach((table, rows) -> assertThat(rows.count()).as(table).isZero());
  }
}
