package io.recupero.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CustomerAttributesTest {

  private static final SegmentRules RULES =
      SegmentRules.parse(
          "r",
          """
          versions:
            - match: first
              segments:
                - {id: late, name: {es: Tarde, en: Late}, when: current_dpd > 10}
                - {id: small, name: {es: Pequeño, en: Small}, when: company_size = 'small'}
                - {id: other, name: {es: Otros, en: Others}, else: true}
          """);

  private static final Histories STORY =
      new Histories()
          .with(
              "customers",
              """
              customer_id | segment | country | company_size | valid_from
              C1          | a       | CL      | small        |
              C1          | b       | CL      | medium       | 2024-02-15
              C1          | b       | CL      | medium       | 2024-03-10
              C2          | c       | PE      | small        | 2024-03-05
              """)
          .with(
              "invoices",
              """
              invoice_id | customer_id | issue_date | due_date   | amount | currency
              F1         | C1          | 2024-01-05 | 2024-03-20 | 100    | CLP
              F2         | C2          | 2024-03-08 | 2024-04-08 | 100    | PEN
              F3         | C3          | 2024-02-10 | 2024-04-10 | 40     | CLP
              """)
          .with("payments", "payment_id");

  private static Dataset<Row> features;

  @BeforeAll
  static void computeOnce() {
    List<AsOf> closes =
        AsOf.monthCloses(LocalDate.of(2024, 1, 5), LocalDate.of(2024, 5, 20), Histories.ZONE);
    features =
        CustomerFeatures.at(closes, Histories.ZONE).withNewcomers().of(STORY.inputs()).cache();
  }

  @Test
  void closesReachFromTheMonthBeforeTheFirstToTheLastOneOver() {
    assertThat(
            AsOf.monthCloses(LocalDate.of(2024, 1, 5), LocalDate.of(2024, 3, 31), Histories.ZONE))
        .extracting(AsOf::day)
        .containsExactly(
            LocalDate.of(2023, 12, 31), LocalDate.of(2024, 1, 31), LocalDate.of(2024, 2, 29));
  }

  @Test
  void givenSegmentsHoldFromTheirDatesAndOnlyChangesAreKept() {
    assertThat(lines(CustomerAttributes.given(STORY.table("customers")).drop("region", "industry")))
        .containsExactly(
            "C1 - a CL small", "C1 2024-02-15 b CL medium", "C2 2024-03-05 c PE small");
  }

  @Test
  void aMonthsSegmentFollowsFromTheCloseBeforeIt() {
    // C1 is 11 days late at the close of March: late from April on; its size changes on its own
    // day,
    // and moves it at the next month. C2 is new in March: the attributes it begins with decide.
    assertThat(
            lines(
                CustomerAttributes.byRules(STORY.table("customers"), features, RULES)
                    .drop("region", "industry")))
        .containsExactly(
            "C1 - - CL small",
            "C1 2024-01-01 small CL small",
            "C1 2024-02-15 small CL medium",
            "C1 2024-03-01 other CL medium",
            "C1 2024-04-01 late CL medium",
            "C2 2024-01-01 small - -",
            "C2 2024-03-05 small PE small",
            "C2 2024-05-01 late PE small",
            "C3 2024-01-01 other - -",
            "C3 2024-05-01 late - -");
  }

  @Test
  void segmentsShowTheDistributionOfTheirCustomers() {
    Dataset<Row> attributes = CustomerAttributes.byRules(STORY.table("customers"), features, RULES);
    Dataset<Row> segments =
        SegmentFeatures.of(features.where("as_of = DATE'2024-03-31'"), attributes);
    assertThat(
            lines(
                segments
                    .where("feature IN ('current_dpd', 'open_amount', 'oldest_open_days')")
                    .selectExpr(
                        "segment",
                        "feature",
                        "currency",
                        "`count`",
                        "CAST(`sum` AS INT)",
                        "CAST(mean AS INT)",
                        "CAST(median AS DECIMAL(9,1))",
                        "CAST(p90 AS DECIMAL(9,1))",
                        "missing_share")))
        .containsExactly(
            "other current_dpd - 2 11 5 5.5 9.9 0.0",
            "other oldest_open_days - 2 136 68 68.0 82.4 0.0",
            "other open_amount CLP 2 140 70 70.0 94.0 0.0",
            "small current_dpd - 1 0 0 0.0 0.0 0.0",
            "small oldest_open_days - 1 23 23 23.0 23.0 0.0",
            "small open_amount PEN 1 100 100 100.0 100.0 0.0");
    assertThat(List.of(segments.columns()))
        .isEqualTo(io.recupero.contract.Contracts.load().contract(SegmentFeatures.TABLE).names());
  }

  private static List<String> lines(Dataset<Row> frame) {
    String[] cells = new String[frame.columns().length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = "COALESCE(CAST(`" + frame.columns()[i] + "` AS STRING), '-')";
    }
    return frame
        .selectExpr("CONCAT_WS(' ', " + String.join(", ", cells) + ") AS line")
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }
}
