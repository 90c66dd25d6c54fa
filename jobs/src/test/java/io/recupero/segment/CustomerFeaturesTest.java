package io.recupero.segment;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Golden;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CustomerFeaturesTest {

  private static final String INVOICES =
      """
      invoice_id | customer_id | issue_date | due_date   | amount | currency | debt_type
      F1         | C1          | 2024-01-01 | 2024-01-31 | 1000   | CLP      | trade
      F2         | C1          | 2024-02-01 | 2024-03-02 | 3000   | CLP      | trade
      F3         | C1          | 2024-03-01 | 2024-03-31 | 500    | CLP      | rent
      F4         | C1          | 2024-03-10 | 2024-04-10 | 20     | USD      | trade
      F5         | C1          | 2024-04-01 | 2024-05-01 | 800    | CLP      | rent
      """;

  private static final String PAYMENTS =
      """
      payment_id | customer_id | paid_on    | amount | currency | method   | reverses_payment_id
      P1         | C1          | 2024-01-29 | 1000   | CLP      | transfer |
      P2         | C1          | 2024-03-05 | 1000   | CLP      | transfer |
      P3         | C1          | 2024-03-12 | 2000   | CLP      | card     |
      P4         | C1          | 2024-04-05 | 500    | CLP      | cheque   |
      P5         | C1          | 2024-04-20 | 500    | CLP      |          | P4
      """;

  private static final String APPLICATIONS =
      """
      payment_id | invoice_id | applied_on | amount
      P1         | F1         |            | 1000
      P2         | F2         | 2024-03-07 | 1000
      P3         | F2         |            | 2000
      P4         | F3         |            | 500
      """;

  private static Map<String, Map<String, String>> rows;

  @BeforeAll
  static void computeOnce() {
    rows = at(story(), "2024-03-20", "2024-04-10", "2024-04-20", "2024-05-01", "2024-05-02");
  }

  private static Histories story() {
    return new Histories()
        .with("invoices", INVOICES)
        .with("payments", PAYMENTS)
        .with("payment_applications", APPLICATIONS);
  }

  @Test
  void latenessCountsByTheDayTheMoneyCame() {
    // F1 two days early, F2 three (1000) and ten days late (2000), F3's cheque of day 5 bounced
    Map<String, String> april = rows.get("2024-04-10");
    assertThat(april)
        .containsEntry("paid_invoices_ever", "3")
        .containsEntry("days_late_mean_ever", number((-2 + 10 + 5) / 3.0))
        .containsEntry("days_late_median_ever", "5.0")
        .containsEntry("days_late_p90_ever", "9.0")
        .containsEntry(
            "weighted_days_late_mean_ever", number((-2000 + 3000 + 20000 + 2500) / 4500.0))
        .containsEntry("weighted_days_late_median_ever", "5.0")
        .containsEntry("weighted_days_late_p90_ever", "10.0");
    Map<String, String> after = rows.get("2024-04-20");
    assertThat(after)
        .containsEntry("paid_invoices_ever", "2")
        .containsEntry("days_late_mean_ever", "4.0")
        .containsEntry("days_late_stddev_ever", "6.0")
        .containsEntry("weighted_days_late_mean_ever", "5.25")
        .containsEntry("reversed_payments_12m", "1");
  }

  @Test
  void onTimeIsOfWhatFellDueByCountAndByAmount() {
    Map<String, String> row = rows.get("2024-05-01");
    // due: F1 in time, F2 and F3 not, F4 in another currency not, F5 on the day itself not
    assertThat(row)
        .containsEntry("on_time_share_ever", "20.0")
        .containsEntry("on_time_amount_share_ever", number(100 * 1000 / 5300.0))
        .containsEntry("on_time_share_3m", "0.0");
  }

  @Test
  void balancesAreOfTheMainCurrencyAndCountsOfAll() {
    Map<String, String> row = rows.get("2024-05-02");
    assertThat(row)
        .containsEntry("currency", "CLP")
        .containsEntry("open_amount", "1300.0000")
        .containsEntry("open_count", "3")
        .containsEntry("overdue_amount", "1300.0000")
        .containsEntry("overdue_count", "3")
        .containsEntry("overdue_share", "100.0")
        .containsEntry("current_dpd", "32")
        .containsEntry("weighted_dpd", number((500 * 32 + 800) / 1300.0))
        .containsEntry("oldest_open_days", "62")
        .containsEntry("longest_dpd_ever", "32")
        .containsEntry("main_debt_type", "rent")
        .containsEntry("invoices_3m", "3")
        .containsEntry("billed_amount_3m", "1300.0000")
        .containsEntry("invoices_ever", "5")
        .containsEntry("other_currency_share", "20.0")
        .containsEntry("months_on_book", "4");
    // F2 was open until the close of the 11th of March, nine days past due
    assertThat(rows.get("2024-03-20")).containsEntry("longest_dpd_ever", "9");
  }

  @Test
  void paymentsSayHowOftenAndInHowManyParts() {
    Map<String, String> row = rows.get("2024-04-10");
    assertThat(row)
        .containsEntry("payments_12m", "4")
        .containsEntry("partial_payment_share_12m", "25.0")
        .containsEntry("payments_per_invoice_12m", number(4 / 3.0))
        .containsEntry("usual_pay_day", "5")
        .containsEntry("usual_pay_day_share", "50.0")
        .containsEntry("usual_pay_method", "transfer")
        .containsEntry("days_since_last_payment", "5");
  }

  @Test
  void aUnitOfCashServesOnePromise() {
    Histories promises =
        story()
            .with(
                "promises",
                """
                promise_id | customer_id | made_on    | due_on     | amount | currency | invoice_id | cancelled_on
                S1         | C1          | 2024-03-01 | 2024-03-06 | 1000   | CLP      | F2         |
                S2         | C1          | 2024-03-01 | 2024-03-07 | 500    | CLP      |            |
                S3         | C1          | 2024-03-01 | 2024-03-10 | 2000   | CLP      |            |
                S4         | C1          | 2024-03-08 | 2024-03-11 | 50     | CLP      |            |
                S5         | C1          | 2024-03-01 | 2024-03-02 | 50     | CLP      |            | 2024-03-02
                S6         | C1          | 2024-03-20 | 2024-04-06 | 500    | CLP      | F3         |
                """);
    // S1 takes P2 as applied on the 7th; S2 finds nothing by the 10th; S3 takes P3; S4 nothing left
    Map<String, Map<String, String>> seen = at(promises, "2024-04-09", "2024-04-10", "2024-04-20");
    assertThat(seen.get("2024-04-09"))
        .containsEntry("promises_ever", "5")
        .containsEntry("promises_kept_ever", "2")
        .containsEntry("promises_broken_ever", "2")
        .containsEntry("promises_kept_share_ever", "50.0")
        .containsEntry("broken_promise_streak", "1")
        .containsEntry("open_promises", "1")
        .containsEntry("days_since_last_promise", "20");
    assertThat(seen.get("2024-04-10"))
        .containsEntry("promises_kept_ever", "3")
        .containsEntry("broken_promise_streak", "0");
    // the cheque behind S6 bounces on the 20th
    assertThat(seen.get("2024-04-20"))
        .containsEntry("promises_kept_ever", "2")
        .containsEntry("broken_promise_streak", "2");
  }

  @Test
  void aPromiseIsKeptFromNinetyFivePercentOn() {
    // Each pays 1000 on the 29th: 1052 * 95 % = 999.4, 1053 * 95 % = 1000.35
    Histories promises =
        new Histories()
            .with("invoices", INVOICES)
            .with(
                "payments",
                """
                payment_id | customer_id | paid_on    | amount | currency
                P1         | enough      | 2024-01-29 | 1000   | CLP
                P2         | little      | 2024-01-29 | 1000   | CLP
                P3         | late        | 2024-01-29 | 1000   | CLP
                P4         | early       | 2024-01-29 | 1000   | CLP
                """)
            .with(
                "promises",
                """
                promise_id | customer_id | made_on    | due_on     | amount | currency
                S1         | enough      | 2024-01-20 | 2024-01-26 | 1052   | CLP
                S2         | little      | 2024-01-20 | 2024-01-26 | 1053   | CLP
                S3         | late        | 2024-01-20 | 2024-01-25 | 1000   | CLP
                S4         | early       | 2024-01-30 | 2024-02-01 | 1000   | CLP
                """);
    AsOf date = AsOf.closeOf(LocalDate.of(2024, 2, 5), Histories.ZONE);
    assertThat(
            CustomerFeatures.at(List.of(date), Histories.ZONE)
                .of(promises.inputs())
                .where("promises_kept_ever + promises_broken_ever = 1")
                .orderBy("customer_id")
                .selectExpr("CONCAT_WS(' ', customer_id, promises_kept_ever)")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("early 0", "enough 1", "late 0", "little 0");
  }

  @Test
  void contactsTellWhereAndWhenSomebodyAnswers() {
    Histories contacts =
        story()
            .with(
                "customers",
                """
                customer_id | timezone         | credit_limit | currency | customer_since
                C1          | America/New_York | 2000         | CLP      | 2023-03-15
                """)
            .with(
                "contacts",
                """
                contact_id | customer_id | started_at                | channel  | direction | outcome
                K1         | C1          | 2024-03-01T10:00:00-03:00 | call     |           | no_answer
                K2         | C1          | 2024-03-02T10:00:00-03:00 | call     |           | right_party
                K3         | C1          | 2024-03-03T18:00:00-03:00 | call     |           | third_party
                K4         | C1          | 2024-03-04T18:00:00-03:00 | whatsapp |           | promise
                K5         | C1          | 2024-03-05T18:00:00-03:00 | whatsapp |           | promise
                K6         | C1          | 2024-03-05T19:00:00-03:00 | call     | inbound   | right_party
                K7         | C1          | 2024-03-07T23:30:00-03:00 | letter   |           | delivered
                K8         | C1          | 2024-03-12T00:10:00-03:00 | call     |           | right_party
                """);
    assertThat(at(contacts, "2024-03-11").get("2024-03-11"))
        .containsEntry("contacts_12m", "6")
        .containsEntry("inbound_contacts_12m", "1")
        .containsEntry("contact_rate_12m", number(400 / 6.0))
        .containsEntry("response_rate_12m", "50.0")
        .containsEntry("contact_rate_call_12m", number(200 / 3.0))
        .containsEntry("response_rate_call_12m", number(100 / 3.0))
        .containsEntry("response_rate_letter_12m", "0.0")
        .containsEntry("response_rate_sms_12m", "null")
        .containsEntry("best_channel", "whatsapp")
        .containsEntry("best_hour", "16")
        .containsEntry("days_since_last_contact", "4")
        .containsEntry("months_on_book", "11")
        .containsEntry("credit_used_share", number(100 * 2500 / 2000.0));
  }

  @Test
  void disputesDiscountsAndPlansCountFromTheirDays() {
    Histories story =
        story()
            .with(
                "disputes",
                """
                dispute_id | invoice_id | opened_on  | closed_on  | amount
                D1         | F2         | 2024-03-03 | 2024-03-10 | 200
                D2         | F3         | 2024-03-05 |            |
                D3         | F5         | 2024-04-05 |            | 100
                """)
            .with(
                "adjustments",
                """
                adjustment_id | invoice_id | kind     | effective_on | amount
                A1            | F3         | discount | 2024-03-15   | 50
                """)
            .with(
                "plans",
                """
                plan_id | customer_id | agreed_on  | status
                L1      | C1          | 2024-03-08 | broken
                """);
    Map<String, Map<String, String>> seen = at(story, "2024-03-09", "2024-03-15");
    assertThat(seen.get("2024-03-09"))
        .containsEntry("disputes_ever", "2")
        .containsEntry("open_disputes", "2")
        .containsEntry("disputed_amount", "700.0000")
        .containsEntry("discounts_12m", "0")
        .containsEntry("plans_ever", "1");
    assertThat(seen.get("2024-03-15"))
        .containsEntry("open_disputes", "1")
        .containsEntry("disputed_amount", "450.0000")
        .containsEntry("discounts_12m", "1")
        .containsEntry("discount_amount_12m", "50.0000")
        .containsEntry("overdue_instalments", "0");
  }

  @Test
  void trendAndSeasonsNeedAYear() {
    StringBuilder invoices =
        new StringBuilder("invoice_id|customer_id|issue_date|due_date|amount|currency\n");
    StringBuilder payments = new StringBuilder("payment_id|customer_id|paid_on|amount|currency\n");
    LocalDate first = LocalDate.of(2023, 1, 1);
    for (int i = 0; i < 13; i++) {
      LocalDate issued = first.plusMonths(i);
      LocalDate due = issued.plusDays(10);
      int amount = i < 7 ? 100 : 200;
      invoices.append("F%02d|C1|%s|%s|%d|CLP%n".formatted(i, issued, due, amount));
      payments.append("P%02d|C1|%s|%d|CLP%n".formatted(i, due.plusDays(i), amount));
    }
    Histories story =
        new Histories().with("invoices", invoices.toString()).with("payments", payments.toString());
    Map<String, Map<String, String>> seen = at(story, "2023-12-31", "2024-01-31");
    Map<String, String> row = seen.get("2024-01-31");
    assertThat(row)
        .containsEntry("billing_trend", "100.0")
        .containsEntry("billing_seasonality", number(100 * 50 / 150.0))
        .containsEntry("slowest_month", "12");
    // one day later each month: about one day a month, less the month that paying later adds
    assertThat(Double.parseDouble(row.get("days_late_trend"))).isBetween(0.9, 1.0);
    assertThat(seen.get("2023-12-31"))
        .containsEntry("billing_trend", "null")
        .containsEntry("slowest_month", "null");
  }

  @Test
  void aMissingTableIsNullAndAnEmptyOneIsZero() {
    Histories none = new Histories().with("invoices", INVOICES);
    Map<String, String> missing = at(none, "2024-05-02").get("2024-05-02");
    for (String feature :
        List.of(
            "payments_ever",
            "on_time_share_ever",
            "days_late_mean_ever",
            "promises_ever",
            "contacts_12m",
            "disputes_ever",
            "discounts_12m",
            "plans_ever")) {
      assertThat(missing).containsEntry(feature, "null");
    }
    assertThat(missing).containsEntry("open_amount", "5300.0000");
    Histories empty =
        none.with("payments", "payment_id")
            .with("promises", "promise_id")
            .with("contacts", "contact_id")
            .with("disputes", "dispute_id")
            .with("adjustments", "adjustment_id")
            .with("plans", "plan_id");
    assertThat(at(empty, "2024-05-02").get("2024-05-02"))
        .containsEntry("payments_ever", "0")
        .containsEntry("on_time_share_ever", "0.0")
        .containsEntry("paid_invoices_ever", "0")
        .containsEntry("days_late_mean_ever", "null")
        .containsEntry("promises_kept_ever", "0")
        .containsEntry("contacts_12m", "0")
        .containsEntry("disputes_ever", "0")
        .containsEntry("discounts_12m", "0")
        .containsEntry("plans_ever", "0");
  }

  @Test
  void onlyWhatWasKnownThenCounts() {
    Histories late =
        story()
            .with(
                "payments",
                PAYMENTS
                    .replace("reverses_payment_id", "reverses_payment_id | recorded_at")
                    .replace(
                        "2024-03-05 | 1000   | CLP      | transfer |",
                        "2024-03-05 | 1000 | CLP | transfer | | 2024-03-09T12:00:00Z"))
            .with("payment_applications", APPLICATIONS);
    Map<String, Map<String, String>> seen = at(late, "2024-03-08", "2024-03-09");
    assertThat(seen.get("2024-03-08"))
        .containsEntry("overdue_amount", "3000.0000")
        .containsEntry("payments_ever", "1");
    assertThat(seen.get("2024-03-09"))
        .containsEntry("overdue_amount", "2000.0000")
        .containsEntry("payments_ever", "2");
  }

  @Test
  void aHistoryCutAtADateGivesTheSameFeaturesThere() {
    Histories whole = Histories.read(Golden.folder().resolve("larger/input"));
    List<AsOf> dates =
        List.of(
            AsOf.closeOf(LocalDate.of(2024, 2, 29), Histories.ZONE),
            AsOf.closeOf(LocalDate.of(2024, 9, 17), Histories.ZONE));
    Dataset<Row> all = CustomerFeatures.at(dates, Histories.ZONE).of(whole.inputs()).cache();
    for (AsOf date : dates) {
      Histories cut = whole.mapped(t -> t.where("known_at <= TIMESTAMP'" + date.known() + "'"));
      Map<String, String> seen =
          byCustomer(CustomerFeatures.at(List.of(date), Histories.ZONE).of(cut.inputs()));
      Map<String, String> kept = byCustomer(all.where("as_of = DATE'" + date.day() + "'"));
      assertThat(seen).as(date.toString()).hasSizeGreaterThan(30).isEqualTo(kept);
    }
  }

  @Test
  void theWorkedExampleAddsUpToItsFigures() {
    Histories golden = Histories.read(Golden.folder().resolve("input"));
    // The answers are of what was known later too: a payment of March was recorded in April.
    List<AsOf> march =
        List.of(new AsOf(LocalDate.of(2024, 3, 31), Instant.parse("2030-01-01T00:00:00Z")));
    Dataset<Row> rows = CustomerFeatures.at(march, Histories.ZONE).of(golden.inputs()).cache();
    Map<String, String> sums =
        row(
            rows.selectExpr(
                "SUM(IF(currency = 'CLP', open_amount, 0)) AS clp",
                "SUM(IF(currency = 'USD', overdue_amount, 0)) AS usd",
                "SUM(overdue_count) AS overdue",
                "SUM(promises_broken_ever) AS broken",
                "SUM(promises_kept_ever) AS kept",
                "COUNT(*) AS customers"));
    assertThat(sums)
        .containsEntry("clp", "865000.0000")
        .containsEntry("usd", "600.0000")
        .containsEntry("overdue", "5")
        .containsEntry("kept", "2")
        .containsEntry("broken", "2")
        .containsEntry("customers", "8");
    Map<String, String> c3 = row(rows.where("customer_id = 'C3'"));
    assertThat(c3).containsEntry("current_dpd", "123").containsEntry("reversed_payments_12m", "1");
    Map<String, String> c7 = row(rows.where("customer_id = 'C7'"));
    assertThat(c7)
        .containsEntry("promises_kept_ever", "1")
        .containsEntry("promises_broken_ever", "1")
        .containsEntry("broken_promise_streak", "1");
    assertThat(row(rows.where("customer_id = 'C8'")))
        .containsEntry("invoices_ever", "0")
        .containsEntry("oldest_open_days", "null");
  }

  @Test
  void theLargerExampleCountsAsItsPublishedFigures() {
    Histories larger = Histories.read(Golden.folder().resolve("larger/input"));
    List<AsOf> dates =
        Stream.of("2024-05-31", "2024-06-30", "2024-08-31", "2024-09-17")
            .map(day -> new AsOf(LocalDate.parse(day), Instant.parse("2030-01-01T00:00:00Z")))
            .toList();
    Dataset<Row> sums =
        CustomerFeatures.at(dates, Histories.ZONE)
            .of(larger.inputs())
            .groupBy("as_of")
            .agg(
                expr("SUM(open_count)"),
                expr("SUM(overdue_count)"),
                expr("SUM(promises_kept_ever)"),
                expr("SUM(promises_broken_ever)"))
            .orderBy("as_of");
    // items of delinquency_index and average_dpd; of ptp_kept_rate 0 / 6 in June, 0 / 3 in
    // September
    assertThat(sums.collectAsList().stream().map(row -> row.toString().substring(6)))
        .containsExactly(
            "05-31,114,77,12,40]",
            "06-30,119,79,12,46]",
            "08-31,135,87,16,53]",
            "09-17,141,96,16,56]");
  }

  /** Returns the one customer's features by date. */
  private static Map<String, Map<String, String>> at(Histories histories, String... days) {
    List<AsOf> dates =
        Stream.of(days).map(day -> AsOf.closeOf(LocalDate.parse(day), Histories.ZONE)).toList();
    Map<String, Map<String, String>> rows = new TreeMap<>();
    Dataset<Row> frame = CustomerFeatures.at(dates, Histories.ZONE).of(histories.inputs());
    for (Row row : frame.collectAsList()) {
      rows.put(row.getAs("as_of").toString(), values(row));
    }
    return rows;
  }

  private static Map<String, String> row(Dataset<Row> frame) {
    List<Row> rows = frame.collectAsList();
    assertThat(rows).hasSize(1);
    return values(rows.get(0));
  }

  private static Map<String, String> values(Row row) {
    Map<String, String> values = new TreeMap<>();
    for (String name : row.schema().fieldNames()) {
      values.put(name, String.valueOf((Object) row.getAs(name)));
    }
    return values;
  }

  private static Map<String, String> byCustomer(Dataset<Row> frame) {
    Map<String, String> rows = new TreeMap<>();
    for (Row row : frame.collectAsList()) {
      rows.put(row.getAs("customer_id"), row.toString());
    }
    return rows;
  }

  private static String number(double value) {
    return Double.toString(value);
  }
}
