package io.recupero.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What became of what was open on 31 January")
class TrainingTableTest {

  private static final List<AsOf> JANUARY =
      List.of(AsOf.closeOf(LocalDate.of(2024, 1, 31), Histories.ZONE));

  private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

  private static final Histories STORY =
      new Histories()
          .with(
              "invoices",
              """
              invoice_id | customer_id | issue_date | due_date   | amount | currency
              F1         | C1          | 2024-01-01 | 2024-01-31 | 1000   | CLP
              F2         | C1          | 2024-01-05 | 2024-02-20 | 600    | CLP
              F3         | C1          | 2024-01-10 | 2024-03-01 | 300    | CLP
              F4         | C1          | 2024-01-15 | 2024-05-30 | 50     | USD
              F5         | C1          | 2024-02-01 | 2024-02-10 | 70     | CLP
              F6         | C2          | 2024-01-02 | 2024-01-31 | 80     | CLP
              F7         | C3          | 2023-11-02 | 2023-12-31 | 90     | CLP
              """)
          .with(
              "payments",
              """
              payment_id | customer_id | paid_on    | amount | currency | reverses_payment_id | recorded_at
              P1         | C1          | 2024-02-10 | 1000   | CLP      |                     |
              P2         | C1          | 2024-02-15 | 200    | CLP      |                     |
              P3         | C1          | 2024-04-20 | 400    | CLP      |                     |
              P6         | C2          | 2024-01-30 | 80     | CLP      |                     | 2024-02-05T12:00:00Z
              P7         | C3          | 2023-12-20 | 90     | CLP      |                     |
              """)
          .with(
              "payment_applications",
              """
              payment_id | invoice_id | applied_on | amount
              P1         | F1         |            | 1000
              P2         | F2         |            | 200
              P3         | F2         |            | 400
              P6         | F6         |            | 80
              P7         | F7         |            | 90
              """)
          .with(
              "adjustments",
              """
              adjustment_id | invoice_id | kind        | effective_on | amount
              J1            | F3         | credit_note | 2024-02-25   | 300
              """);

  private static final FeatureInputs INPUTS = STORY.inputs();

  @DisplayName("is told of each document, and not at all of windows that are not over")
  @Test
  void documentsSayHowTheyEnded() {
    // 10 April: 30 and 60 days are over, 90 are not, even of those that have paid
    Map<String, String> seen = documents("2024-04-10");
    assertThat(seen.keySet()).containsExactly("C1 F1", "C1 F2", "C1 F3", "C1 F4", "C2 F6");
    assertThat(seen)
        .containsEntry("C1 F1", "1000 paid 10 10 null true true null 1000 1000 null")
        .containsEntry("C1 F2", "600 open 50 null null false false null 200 200 null")
        .containsEntry("C1 F3", "300 credited -5 null null false false null 0 0 null")
        .containsEntry("C1 F4", "50 open -50 null null false false null 0 0 null");
    Map<String, String> later = documents("2024-04-30");
    assertThat(later)
        .containsEntry("C1 F1", "1000 paid 10 10 10 true true true 1000 1000 1000")
        .containsEntry("C1 F2", "600 paid 60 60 60 false false true 200 200 600")
        .containsEntry("C1 F3", "300 credited -5 null null false false false 0 0 0")
        .containsEntry("C1 F4", "50 open -30 null null false false false 0 0 0");
  }

  @DisplayName("counts what came before and was learned after: on the day nobody knew")
  @Test
  void whatWasLearnedLaterIsAnOutcome() {
    assertThat(documents("2024-04-30"))
        .containsEntry("C2 F6", "80 paid -1 -1 -1 true true true 80 80 80");
  }

  @DisplayName("stands beside the features of its customer")
  @Test
  void customersHaveTheirFeaturesAndOutcomes() {
    Dataset<Row> features = CustomerFeatures.at(JANUARY, Histories.ZONE).of(INPUTS);
    Map<String, String> rows = new TreeMap<>();
    TrainingTable.customers(features, outcomes("2024-04-30"))
        .selectExpr(
            "customer_id",
            "CAST(open_amount AS BIGINT)",
            "outcome_documents",
            "outcome_paid_30",
            "outcome_paid_30_count",
            "outcome_paid_90_count",
            "CAST(outcome_recovered_30_amount AS BIGINT)",
            "CAST(outcome_recovered_90_amount AS BIGINT)",
            "outcome_days_late_90")
        .collectAsList()
        .forEach(row -> rows.put(row.getString(0), row.mkString(" ")));
    assertThat(rows)
        .containsEntry("C1", "C1 1900 4 false 1 2 1200 1600 35.0")
        .containsEntry("C2", "C2 80 1 true 1 1 80 80 -1.0")
        // nothing was open: nothing can be said
        .containsEntry("C3", "C3 0 0 null null null null null null");
    assertThat(TrainingTable.documents(features, outcomes("2024-04-30")).columns())
        .contains("on_time_share_12m", "document_days_past_due", "outcome_ended_by")
        .doesNotHaveDuplicates();
  }

  private static Dataset<Row> outcomes(String lastDay) {
    return Outcomes.after(JANUARY, LocalDate.parse(lastDay), LATER).of(INPUTS);
  }

  private static Map<String, String> documents(String lastDay) {
    Map<String, String> rows = new TreeMap<>();
    outcomes(lastDay)
        .selectExpr(
            "CONCAT_WS(' ', customer_id, invoice_id)",
            "CAST(open_amount AS BIGINT)",
            "ended_by",
            "days_seen",
            "days_late",
            "days_late_90",
            "paid_30",
            "paid_60",
            "paid_90",
            "CAST(recovered_30_amount AS BIGINT)",
            "CAST(recovered_60_amount AS BIGINT)",
            "CAST(recovered_90_amount AS BIGINT)")
        .collectAsList()
        .forEach(
            row -> {
              String all = row.mkString(" ");
              rows.put(row.getString(0), all.substring(row.getString(0).length() + 1));
            });
    return rows;
  }
}
