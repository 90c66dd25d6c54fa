package io.recupero.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DueDatesJobTest {

  @Test
  void aDueDateMovesToTheNextBusinessDayOfTheCustomersCountry() {
    Dataset<Row> customers =
        sql(
            "('C1', CAST(NULL AS DATE), 'CL', 1), ('C1', CAST(NULL AS DATE), 'AR', 0),"
                + " ('C1', DATE'2026-06-01', 'PE', 1)",
            "customer_id, valid_from, country, known_at");
    // Good Friday and the Saturday after it; a Monday in Peru.
    Dataset<Row> holidays =
        sql(
            "('CL', DATE'2026-04-03'), ('CL', DATE'2026-04-04'), ('CL', DATE'2026-04-04'),"
                + " ('PE', DATE'2026-06-29'), ('AR', DATE'2026-04-06')",
            "country, date");
    Dataset<Row> invoices =
        sql(
            "('a weekday stays', 'C1', DATE'2026-04-02'),"
                + "('holidays that meet a weekend', 'C1', DATE'2026-04-03'),"
                + "('a Sunday', 'C1', DATE'2026-05-31'),"
                + "('a holiday of the country of that day', 'C1', DATE'2026-06-27'),"
                + "('an unknown customer has weekends', 'C2', DATE'2026-04-04'),"
                + "('and no holidays', 'C2', DATE'2026-04-03')",
            "invoice_id, customer_id, due_date");

    Dataset<Row> moved =
        new DueDatesJob()
            .build(
                Inputs.of(
                    Map.of(
                        "silver.invoices", invoices,
                        "silver.customers", customers,
                        "silver.holidays", holidays)))
            .get("ledger.invoices");

    assertThat(moved.schema()).isEqualTo(invoices.schema());
    assertThat(
            moved
                .selectExpr("CONCAT_WS(', ', invoice_id, due_date)")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder(
            "a weekday stays, 2026-04-02",
            "holidays that meet a weekend, 2026-04-06",
            "a Sunday, 2026-06-01",
            "a holiday of the country of that day, 2026-06-30",
            "an unknown customer has weekends, 2026-04-06",
            "and no holidays, 2026-04-03");
  }

  @Test
  void everyOtherJobReadsTheMovedDatesInPlaceOfTheInvoices() {
    Job reader =
        new Job() {
          @Override
          public String name() {
            return "reader";
          }

          @Override
          public List<String> inputs() {
            return List.of("silver.invoices", "silver.payments");
          }

          @Override
          public List<String> outputs() {
            return List.of("gold.x");
          }

          @Override
          public Map<String, Dataset<Row>> build(Inputs inputs) {
            return Map.of("gold.x", inputs.read("silver.invoices"));
          }
        };
    Dataset<Row> moved = sql("('F1')", "invoice_id");

    Job redirected = DueDatesJob.before(List.of(reader)).get(1);

    assertThat(redirected.inputs()).containsExactly("ledger.invoices", "silver.payments");
    assertThat(
            redirected
                .build(Inputs.of(Map.of("ledger.invoices", moved, "silver.payments", moved)))
                .get("gold.x"))
        .isSameAs(moved);
  }

  private static Dataset<Row> sql(String rows, String columns) {
    return TestSpark.session().sql("SELECT * FROM VALUES " + rows + " AS (" + columns + ")");
  }
}
