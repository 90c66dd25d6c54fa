package io.recupero.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is known of an open document")
class DocumentFeaturesTest {

  private static final Histories STORY =
      new Histories()
          .with(
              "invoices",
              """
              invoice_id | customer_id | issue_date | due_date   | amount | currency
              F1         | C1          | 2024-01-01 | 2024-01-31 | 100    | CLP
              F2         | C1          | 2024-01-10 | 2024-02-10 | 200    | CLP
              F3         | C1          | 2024-01-20 | 2024-02-20 | 300    | CLP
              F4         | C1          | 2024-02-25 | 2024-03-26 | 400    | CLP
              F5         | C2          | 2024-02-25 | 2024-03-26 | 400    | CLP
              """)
          .with(
              "payments",
              """
              payment_id | customer_id | paid_on    | amount | currency
              P1         | C1          | 2024-01-25 | 100    | CLP
              P2         | C1          | 2024-02-22 | 200    | CLP
              P4         | C1          | 2024-02-28 | 100    | CLP
              """)
          .with(
              "payment_applications",
              """
              payment_id | invoice_id | applied_on | amount
              P1         | F1         |            | 100
              P2         | F2         |            | 200
              P4         | F4         |            | 100
              """)
          .with(
              "promises",
              """
              promise_id | customer_id | invoice_id | made_on    | due_on     | amount | currency
              Z1         | C1          | F3         | 2024-02-21 | 2024-03-05 | 300    | CLP
              Z2         | C1          |            | 2024-02-01 | 2024-02-25 | 100    | CLP
              """)
          .with(
              "disputes",
              """
              dispute_id | invoice_id | opened_on  | closed_on  | amount
              Q1         | F3         | 2024-02-21 | 2024-02-29 |
              Q2         | F5         | 2024-02-26 | 2024-03-10 |
              """);

  @DisplayName("is itself, and how those before it were paid")
  @Test
  void documentsAreToldByTheirPast() {
    Map<String, String> rows = new TreeMap<>();
    DocumentFeatures.at(
            List.of(AsOf.closeOf(LocalDate.of(2024, 2, 29), Histories.ZONE)), Histories.ZONE)
        .of(STORY.inputs())
        .selectExpr(
            "invoice_id",
            "days_to_due",
            "term_days",
            "document_paid_share",
            "amount_of_usual",
            "is_disputed",
            "promised_on",
            "due_documents",
            "late_share",
            "ROUND(late_share_recent, 2)",
            "ROUND(days_late_recent, 2)",
            "days_late_last")
        .collectAsList()
        .forEach(row -> rows.put(row.getString(0), row.mkString(" ")));
    // Of F1, F2, F3 the first was 6 days early, the second 12 late, the third is 9 late so far:
    // (2 + 0.5) / (3 + 1). The promise without invoice could be kept until the 28th.
    assertThat(rows)
        .containsOnly(
            Map.entry("F3", "F3 -9 31 0.0 120.0 false 2024-03-05 3 62.5 66.67 5.0 12"),
            Map.entry("F4", "F4 26 30 25.0 160.0 false null 3 62.5 66.67 5.0 12"),
            Map.entry("F5", "F5 26 30 0.0 100.0 true null 0 50.0 null null null"));
  }
}
