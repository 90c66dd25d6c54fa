package io.recupero.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class JudgeTest {

  private static final JudgeSettings SANTIAGO = JudgeSettings.in(ZoneId.of("America/Santiago"));
  private static final Contracts CONTRACTS = Contracts.load();
  private static final Instant LATER = Texts.ARRIVED.plusSeconds(3600);

  private static final String INVOICES =
      "invoice_id | customer_id | issue_date | due_date | amount | currency | recorded_at";
  private static final String PAYMENTS =
      "payment_id | customer_id | paid_on | amount | currency | reverses_payment_id";
  private static final String APPLICATIONS = "payment_id | invoice_id | applied_on | amount";

  private static Dataset<Row> invoice() {
    return Texts.of(INVOICES, "F1|C1|2026-03-01|2026-03-31|100|CLP|");
  }

  private static Dataset<Row> payment() {
    return Texts.of(PAYMENTS, "R1|C1|2026-03-31|100|CLP|");
  }

  private static Map<String, Judged> judge(Map<String, Dataset<Row>> texts) {
    return new Judge(CONTRACTS, SANTIAGO).judge(texts);
  }

  @Test
  void whatNamesAQuarantinedRecordWaitsDownToTheLast() {
    Map<String, Judged> judged =
        judge(
            Map.of(
                "customers", Texts.of("customer_id", "C1"),
                "invoices", Texts.of(INVOICES, "F1|C1|2026-03-01|2026-02-28|100|CLP|"),
                "payments", payment(),
                "payment_applications", Texts.of(APPLICATIONS, "R1|F1||60")));
    assertThat(Texts.quarantined(judged.get("invoices"))).containsExactly("F1: due_before_issue");
    Judged applications = judged.get("payment_applications");
    assertThat(Texts.quarantined(applications))
        .containsExactly("R1|F1|2026-03-31: unknown_invoice");
    assertThat(Texts.seen(applications.quarantine(), "payment_id", "amount", "reasons_es"))
        .as("its money stays reserved")
        .containsExactly(
            "R1|60.0000|invoice_id no nombra ningún registro aceptado de invoices: lo espera");
  }

  @Test
  void aDebtOfAnUnknownCustomerIsKeptAndToldOnceCustomersAreDelivered() {
    Judged alone = judge(Map.of("invoices", invoice())).get("invoices");
    assertThat(Texts.seen(alone.silver(), "invoice_id", "_findings")).containsExactly("F1|null");
    Map<String, Judged> judged =
        judge(Map.of("invoices", invoice(), "customers", Texts.of("customer_id")));
    assertThat(judged.get("customers").counts()).isEqualTo(new Judged.Counts(0, 0, 0, 0));
    assertThat(Texts.seen(judged.get("invoices").silver(), "invoice_id", "_findings"))
        .containsExactly("F1|customer_id unknown_customer C1");
  }

  @Test
  void theSameRecordTwiceIsOneAndAContradictionIsNone() {
    Judged judged =
        judge(
                Map.of(
                    "invoices",
                    Texts.of(
                        INVOICES,
                        "F1|C1|2026-03-01|2026-03-31|100|CLP|",
                        "F1|C1|2026-03-01|2026-03-31|100.00|CLP|",
                        "F2|C1|2026-03-01|2026-03-31|100|CLP|2026-03-02",
                        "F2|C1|2026-03-01|2026-03-31|120|CLP|2026-03-02",
                        "F3|C1|2026-03-01|2026-03-31|100|CLP|2026-03-02",
                        "F3|C1|2026-03-01|2026-03-31|120|CLP|2026-03-03",
                        "F4|C1|2026-03-01|2026-03-31|x|CLP|",
                        "F4|C1|2026-03-01|2026-03-31|y|CLP|",
                        "|C1|2026-03-01|2026-03-31|100|CLP|",
                        "|C1|2026-03-01|2026-03-31|100|CLP|")))
            .get("invoices");
    assertThat(judged.counts()).isEqualTo(new Judged.Counts(10, 3, 6, 1));
    assertThat(Texts.seen(judged.silver(), "invoice_id", "amount", "known_at"))
        .containsExactly(
            "F1|100.0000|2026-05-01 12:00:00.0",
            "F3|100.0000|2026-03-03 02:59:59.999999",
            "F3|120.0000|2026-03-04 02:59:59.999999");
    assertThat(Texts.quarantined(judged))
        .contains(
            "F2: conflicting_duplicate",
            "F4: conflicting_duplicate invalid_amount",
            ": missing_invoice_id");
  }

  @Test
  void theNumberOfAnotherDebtorIsNoCorrectionUnlessDateAndAmountAreTheSame() {
    Judged judged =
        judge(
                Map.of(
                    "invoices",
                    Texts.of(
                        INVOICES,
                        "F1|C1|2026-03-01|2026-03-31|100|CLP|2026-03-02",
                        "F1|C2|2026-03-01|2026-03-31|120|CLP|2026-03-03",
                        "F1|C2|2026-03-01|2026-03-31|130|CLP|2026-03-04",
                        "F1|C1|2026-03-01|2026-03-31|90|CLP|2026-03-05",
                        "F2|C1|2026-03-01|2026-03-31|100|CLP|",
                        "F2|C2|2026-03-01|2026-03-31|120|CLP|",
                        // the customer corrected, and then the amount
                        "F3|C2|2026-03-01|2026-03-31|90|CLP|2026-03-04",
                        "F3|C2|2026-03-01|2026-03-31|100|CLP|2026-03-03",
                        "F3|C1|2026-03-01|2026-03-31|100|CLP|2026-03-02",
                        "F4|C1|2026-03-01|2026-03-31|100|CLP|2026-03-02",
                        "F4|C1|2026-03-01|2026-03-31|100|USD|2026-03-03",
                        "F5|C1|2026-03-01|2026-03-31|100|CLP|2026-03-02",
                        "F5|C1|2026-03-01|2026-03-31|200|USD|2026-03-03",
                        // what is refused anyway does not stand
                        "F6|C1|2026-03-01|2026-02-28|100|CLP|2026-03-02",
                        "F6|C2|2026-03-01|2026-03-31|120|CLP|2026-03-03")))
            .get("invoices");
    assertThat(Texts.seen(judged.silver(), "invoice_id", "customer_id", "amount", "currency"))
        .containsExactly(
            "F1|C1|100.0000|CLP",
            "F1|C1|90.0000|CLP",
            "F2|C1|100.0000|CLP",
            "F3|C1|100.0000|CLP",
            "F3|C2|100.0000|CLP",
            "F3|C2|90.0000|CLP",
            "F4|C1|100.0000|CLP",
            "F4|C1|100.0000|USD",
            "F5|C1|100.0000|CLP",
            "F6|C2|120.0000|CLP");
    assertThat(Texts.quarantined(judged))
        .containsExactly(
            "F1: same_id_other_customer",
            "F1: same_id_other_customer",
            "F2: same_id_other_customer",
            "F5: same_id_other_customer",
            "F6: due_before_issue");
    assertThat(Texts.seen(judged.quarantine().where("key = 'F2'"), "record", "reasons_en"))
        .as("it names both records")
        .containsExactly(
            "6|another customer or currency has this number already, with another date or amount:"
                + " correct the number, or send company_id: «table #6, C2, 120, CLP, 2026-03-01 ≠"
                + " table #5, C1, 100, CLP, 2026-03-01»");
    assertThat(judged.counts()).isEqualTo(new Judged.Counts(15, 10, 5, 0));
  }

  @Test
  void aLaterBatchBringsVersionsAndRepeatsNothing() {
    Dataset<Row> silver = judge(Map.of("invoices", invoice())).get("invoices").silver();
    JudgeSettings knowing = SANTIAGO.knowing(Map.of("invoices", silver));
    Judged judged =
        new Judge(CONTRACTS, knowing)
            .judge(
                Map.of(
                    "invoices",
                    Texts.arrived(
                        LATER,
                        INVOICES,
                        "F1|C1|2026-03-01|2026-03-31|100|CLP|",
                        "F2|C1|2026-03-01|2026-03-31|100|CLP|")))
            .get("invoices");
    assertThat(judged.counts()).isEqualTo(new Judged.Counts(2, 1, 0, 1));
    Judged corrected =
        new Judge(CONTRACTS, knowing)
            .judge(
                Map.of(
                    "invoices",
                    Texts.arrived(
                        LATER,
                        INVOICES,
                        "F1|C1|2026-03-01|2026-03-31|90|CLP|",
                        "F1|C2|2026-03-01|2026-03-31|100|CLP|2026-02-01",
                        "F1|C3|2026-03-01|2026-03-31|80|CLP|2026-03-01",
                        "F1|C3|2026-03-01|2026-03-31|80|CLP|2026-03-01")))
            .get("invoices");
    assertThat(Texts.seen(corrected.silver(), "amount", "known_at"))
        .containsExactly("100.0000|2026-02-02 02:59:59.999999", "90.0000|2026-05-01 13:00:00.0");
    assertThat(Texts.quarantined(corrected))
        .as("learned before what is known, and of another debtor")
        .containsExactly("F1: same_id_other_customer");
    assertThat(Texts.seen(corrected.quarantine(), "reasons_es"))
        .allMatch(text -> text.contains("≠ 2026-05-01T12:00:00Z/table #1, C1, 100, CLP"));
    assertThat(corrected.counts()).isEqualTo(new Judged.Counts(4, 2, 1, 1));
  }

  @Test
  void aFileWithItsWholeHistoryBringsOnlyWhatIsNewInIt() {
    String first = "F1|C1|2026-03-01|2026-03-31|100|CLP|";
    String correction = "F1|C1|2026-03-01|2026-03-31|90|CLP|2026-03-05";
    String conflict = "F3|C1|2026-03-01|2026-03-31|70|CLP|";
    String other = "F3|C1|2026-03-01|2026-03-31|71|CLP|";
    Dataset<Row> history = Texts.of(INVOICES, correction, first, conflict, other);
    Judged before =
        new Judge(CONTRACTS, SANTIAGO.forFirstBatch())
            .judge(Map.of("invoices", history))
            .get("invoices");
    assertThat(before.counts()).isEqualTo(new Judged.Counts(4, 2, 2, 0));
    Dataset<Row> again =
        Texts.arrived(
            LATER,
            INVOICES,
            correction,
            first,
            conflict,
            other,
            "F2|C1|2026-04-01|2026-04-30|50|CLP|");
    Judged judged =
        new Judge(CONTRACTS, SANTIAGO.knowing(Map.of("invoices", before.silver())))
            .judge(Map.of("invoices", again.unionByName(Texts.of(INVOICES, conflict, other))))
            .get("invoices");
    assertThat(Texts.seen(judged.silver(), "invoice_id", "amount")).containsExactly("F2|50.0000");
    assertThat(judged.counts())
        .as("what waits in quarantine stays there once")
        .isEqualTo(new Judged.Counts(7, 1, 2, 4));

    Judged takenBack =
        new Judge(CONTRACTS, SANTIAGO.knowing(Map.of("invoices", before.silver())))
            .judge(Map.of("invoices", Texts.arrived(LATER, INVOICES, first)))
            .get("invoices");
    assertThat(Texts.seen(takenBack.silver(), "invoice_id", "amount"))
        .as("alone it takes the correction back")
        .containsExactly("F1|100.0000");
  }

  @Test
  void aBulkLoadIsKnownAtTheEndOfEachRecordsOwnDay() {
    Map<String, Judged> judged =
        new Judge(CONTRACTS, SANTIAGO.forFirstBatch())
            .judge(
                Map.of(
                    "invoices", invoice(),
                    "payments", payment(),
                    "payment_applications", Texts.of(APPLICATIONS, "R1|F1||60"),
                    "agents", Texts.of("agent_id", "A1")));
    assertThat(Texts.seen(judged.get("invoices").silver(), "known_at"))
        .containsExactly("2026-03-02 02:59:59.999999");
    assertThat(Texts.seen(judged.get("payment_applications").silver(), "applied_on", "known_at"))
        .containsExactly("2026-03-31|2026-04-01 02:59:59.999999");
    assertThat(Texts.seen(judged.get("agents").silver(), "known_at"))
        .containsExactly("1900-01-01 00:00:00.0");
  }

  @Test
  void silverCarriesWhatTheLedgerWouldHaveToJoinAgain() {
    Map<String, Judged> judged =
        judge(
            Map.of(
                "invoices",
                Texts.of(
                    INVOICES,
                    "F1|C1|2026-03-01|2026-03-31|100|CLF|2026-03-02",
                    "F1|C2|2026-03-01|2026-03-31|100|CLF|2026-03-03"),
                "payments",
                Texts.of(PAYMENTS, "R1|C3|2026-03-31|100|CLP|", "R1|C3|2026-03-31|100|CLP|"),
                "payment_applications",
                Texts.of(APPLICATIONS + " | payment_amount", "R1|F1||1|90")));
    assertThat(
            Texts.seen(
                judged.get("payment_applications").silver(),
                "payer_id",
                "payment_currency",
                "owner_id",
                "invoice_currency",
                "_repeated"))
        .as("of the versions of the invoice, the last")
        .containsExactly("C3|CLP|C2|CLF|false");
    assertThat(Texts.seen(judged.get("payments").silver(), "payment_id", "_repeated"))
        .containsExactly("R1|true");
  }

  @Test
  void aCompanyIsPartOfTheNumbersOfItsDocuments() {
    Map<String, Judged> judged =
        judge(
            Map.of(
                "invoices",
                Texts.of(
                    INVOICES + " | company_id",
                    "F1|C1|2026-03-01|2026-03-31|100|CLP||E1",
                    "F1|C2|2026-03-01|2026-03-31|250|CLP||E2",
                    "F1|C3|2026-03-01|2026-03-31|70|CLP||",
                    "F1|C4|2026-03-01|2026-03-31|80|CLP||E/%2F"),
                "payments",
                Texts.of(
                    PAYMENTS + " | company_id",
                    "R1|C1|2026-03-05|100|CLP||E1",
                    "R1|C2|2026-03-06|250|CLP||E2",
                    "R2|C2|2026-03-07|50|CLP|R1|E2",
                    "R3|C1|2026-03-07|20|CLP|R1|"),
                "payment_applications",
                Texts.of(
                    APPLICATIONS + " | company_id", "R1|F1||250|E2", "R1|F1||100|E1", "R1|F1||1|"),
                "adjustments",
                Texts.of(
                    "adjustment_id | invoice_id | kind | effective_on | amount | company_id",
                    "J1|F1|credit_note|2026-03-09|5|E1",
                    "J1|F1|discount|2026-03-10|6|E2"),
                "disputes",
                Texts.of(
                    "dispute_id | invoice_id | opened_on | company_id", "D1|F1|2026-03-09|E2")));
    assertThat(Texts.seen(judged.get("invoices").silver(), "invoice_id", "company_id", "amount"))
        .containsExactly(
            "E%2F%252F/F1|E/%2F|80.0000",
            "E1/F1|E1|100.0000", "E2/F1|E2|250.0000", "F1|null|70.0000");
    assertThat(
            Texts.seen(
                judged.get("payments").silver(), "payment_id", "reverses_payment_id", "company_id"))
        .containsExactly("E1/R1|null|E1", "E2/R1|null|E2", "E2/R2|E2/R1|E2");
    assertThat(Texts.quarantined(judged.get("payments")))
        .as("a number without a company is not that of one")
        .containsExactly("R3: unknown_payment");
    assertThat(
            Texts.seen(
                judged.get("payment_applications").silver(),
                "payment_id",
                "invoice_id",
                "owner_id"))
        .containsExactly("E1/R1|E1/F1|C1", "E2/R1|E2/F1|C2");
    assertThat(Texts.quarantined(judged.get("payment_applications")))
        .containsExactly("R1|F1: unknown_payment");
    assertThat(Texts.seen(judged.get("adjustments").silver(), "adjustment_id", "owner_id"))
        .containsExactly("E1/J1|C1", "E2/J1|C2");
    assertThat(Texts.seen(judged.get("disputes").silver(), "dispute_id", "invoice_id"))
        .containsExactly("E2/D1|E2/F1");
  }

  @Test
  void applicationsNeverExceedTheirPaymentAndWhatWaitsIsReserved() {
    Judged judged =
        judge(
                Map.of(
                    "invoices",
                    invoice(),
                    "payments",
                    payment(),
                    "payment_applications",
                    Texts.of(
                        APPLICATIONS,
                        "R1|F1|2026-04-03|10",
                        "R1|F1|2026-04-02|40",
                        "R1|F9|2026-04-01|60",
                        "R1|F1|2026-04-02|40")))
            .get("payment_applications");
    assertThat(Texts.quarantined(judged))
        .as("of two equal lines the payment covers one")
        .containsExactlyInAnyOrder(
            "R1|F1|2026-04-02: beyond_payment",
            "R1|F1|2026-04-03: beyond_payment",
            "R1|F9|2026-04-01: unknown_invoice");
    assertThat(judged.counts()).isEqualTo(new Judged.Counts(4, 1, 3, 0));
  }

  @Test
  void linesOfOneReceiptAreAddedUpAndALaterDeliveryReplacesThem() {
    Dataset<Row> payments =
        Texts.of(
            PAYMENTS,
            "R1|C1|2026-03-31|100|CLP|",
            "R2|C1|2026-03-31|100|CLP|",
            "R3|C1|2026-03-31|100|CLP|",
            "R4|C1|2026-03-31|100|CLP|",
            "R5|C1|2026-03-31|100|CLP|");
    String header = APPLICATIONS + " | line";
    Dataset<Row> lines =
        Texts.of(
            header,
            "R1|F1||50|",
            "R1|F1||50|",
            "R2|F1||30|",
            "R2|F1||70|",
            "R3|F1||60|",
            "R3|F1||60|",
            "R4|F1||50|1",
            "R4|F1||50|2",
            "R5|F9||50|",
            "R5|F9||50|");
    Map<String, Judged> first =
        judge(Map.of("invoices", invoice(), "payments", payments, "payment_applications", lines));
    Judged applications = first.get("payment_applications");
    assertThat(Texts.seen(applications.silver(), "payment_id", "line", "amount"))
        .containsExactly(
            "R1|null|100.0000",
            "R2|null|100.0000",
            "R3|null|60.0000",
            "R4|1|50.0000",
            "R4|2|50.0000");
    assertThat(Texts.quarantined(applications))
        .containsExactlyInAnyOrder(
            "R3|F1|2026-03-31: beyond_payment",
            "R5|F9|2026-03-31: unknown_invoice",
            "R5|F9|2026-03-31: unknown_invoice");
    assertThat(applications.counts()).isEqualTo(new Judged.Counts(10, 7, 3, 0));

    JudgeSettings knowing =
        SANTIAGO.knowing(
            Map.of(
                "invoices", first.get("invoices").silver(),
                "payments", first.get("payments").silver(),
                "payment_applications", applications.silver()));
    // the same lines again but one of R2, and what waited: nothing else is said twice
    Dataset<Row> again =
        Texts.arrived(
            LATER,
            header,
            "R1|F1||50|",
            "R1|F1||50|",
            "R2|F1||30|",
            "R3|F1||60|",
            "R3|F1||60|",
            "R4|F1||50|1",
            "R4|F1||50|2",
            "R5|F9||50|",
            "R5|F9||50|");
    Dataset<Row> waiting = lines.where("payment_id = 'R5' OR payment_id = 'R3' AND _record = 6");
    Judged second =
        new Judge(CONTRACTS, knowing)
            .judge(
                Map.of(
                    "invoices",
                    Texts.arrived(LATER, INVOICES, "F9|C1|2026-03-01|2026-03-31|100|CLP|"),
                    "payment_applications",
                    again.unionByName(waiting)))
            .get("payment_applications");
    assertThat(Texts.seen(second.silver(), "payment_id", "amount"))
        .containsExactly("R2|30.0000", "R5|100.0000");
    assertThat(Texts.quarantined(second)).containsExactly("R3|F1|2026-03-31: beyond_payment");
    assertThat(second.counts()).isEqualTo(new Judged.Counts(12, 3, 1, 8));
  }

  @Test
  void applicationsOfEarlierBatchesCountToo() {
    Map<String, Judged> first =
        judge(
            Map.of(
                "invoices", invoice(),
                "payments", payment(),
                "payment_applications", Texts.of(APPLICATIONS, "R1|F1|2026-04-01|60")));
    JudgeSettings knowing =
        SANTIAGO.knowing(
            Map.of(
                "invoices", first.get("invoices").silver(),
                "payments", first.get("payments").silver(),
                "payment_applications", first.get("payment_applications").silver()));
    Judged judged =
        new Judge(CONTRACTS, knowing)
            .judge(
                Map.of(
                    "payment_applications",
                    Texts.arrived(
                        LATER, APPLICATIONS, "R1|F1|2026-04-02|40", "R1|F1|2026-04-03|0.5")))
            .get("payment_applications");
    assertThat(Texts.quarantined(judged))
        .containsExactly("R1|F1|2026-04-03: amount_too_many_decimals beyond_payment");
  }

  @Test
  void reversalsHoldUpToTheirOriginalAndABrokenOneDoesNotUseItUp() {
    Judged judged =
        judge(
                Map.of(
                    "payments",
                    Texts.of(
                        PAYMENTS,
                        "R1|C1|2026-03-31|100|CLP|",
                        "R2|C1|2026-04-01|60|CLP|R1",
                        "R3|C1|2026-04-01|41|CLP|R1",
                        "R4|C1|2026-04-01|40|CLP|R1",
                        "R5|C1|2026-03-30|40|USD|R1",
                        "R6|C1|2026-04-01|100|CLP|R9",
                        "R7|C1|2026-04-01|1|CLP|R1")))
            .get("payments");
    assertThat(Texts.quarantined(judged))
        .containsExactly(
            "R3: reversed_twice",
            "R5: reversal_before_original reversal_currency_differs reversed_twice",
            "R6: unknown_payment",
            "R7: reversed_twice");
    assertThat(judged.counts().balance()).isTrue();
  }

  @Test
  void aReversalMayBeReversedAndItsOriginalAgain() {
    Judged first =
        judge(
                Map.of(
                    "payments",
                    Texts.of(
                        PAYMENTS,
                        "R1|C1|2026-03-31|100|CLP|",
                        "R2|C1|2026-04-01|100|CLP|R1",
                        "R3|C1|2026-04-02|100|CLP|R2",
                        "R4|C1|2026-04-03|100|CLP|R3",
                        "R5|C1|2026-04-03|1|CLP|R4",
                        "R6|C1|2026-04-03|1|CLP|R6",
                        "R7|C1|2026-04-03|1|CLP|R8",
                        "R8|C1|2026-04-03|1|CLP|R7")))
            .get("payments");
    assertThat(Texts.quarantined(first))
        .containsExactly(
            "R5: unknown_payment",
            "R6: unknown_payment",
            "R7: unknown_payment",
            "R8: unknown_payment");
    Judged second =
        judge(
                Map.of(
                    "payments",
                    Texts.of(
                        PAYMENTS,
                        "R1|C1|2026-03-31|100|CLP|",
                        "R2|C1|2026-04-01|100|CLP|R1",
                        "R3|C1|2026-04-02|100|CLP|R2",
                        "R4|C1|2026-04-03|100|CLP|R1")))
            .get("payments");
    assertThat(Texts.quarantined(second)).isEmpty();
  }

  @Test
  void amountsHaveTheDecimalsOfTheirCurrency() {
    Judged judged =
        judge(
                Map.of(
                    "invoices",
                    Texts.of(
                        INVOICES,
                        "CLP0|C1|2026-03-01|2026-03-31|100.00|CLP|",
                        "CLP1|C1|2026-03-01|2026-03-31|100.5|CLP|",
                        "CLF4|C1|2026-03-01|2026-03-31|1.2345|CLF|",
                        "CLF5|C1|2026-03-01|2026-03-31|1.23456|CLF|",
                        "USD2|C1|2026-03-01|2026-03-31|1.250|USD|",
                        "USD3|C1|2026-03-01|2026-03-31|1.255|USD|",
                        "UYW4|C1|2026-03-01|2026-03-31|1.2555|UYW|",
                        "XXX|C1|2026-03-01|2026-03-31|1|XXX|")))
            .get("invoices");
    assertThat(Texts.quarantined(judged))
        .containsExactly(
            "CLP1: amount_too_many_decimals",
            "CLF5: amount_too_many_decimals",
            "USD3: amount_too_many_decimals",
            "XXX: currency_not_listed");
  }

  @Test
  void aRecordThatCouldNotBeReadSaysJustThat() {
    Dataset<Row> unread =
        Texts.of("invoice_id", "")
            .selectExpr("* EXCEPT (_problem)", "'unreadable_record' _problem");
    Judged judged = judge(Map.of("invoices", unread)).get("invoices");
    assertThat(Texts.quarantined(judged)).containsExactly(": unreadable_record");
  }

  @Test
  void anInputWithoutAContractIsRefusedWithASuggestion() {
    assertThatThrownBy(() -> judge(Map.of("invoice", invoice())))
        .hasMessageContaining("Did you mean input.invoices?");
  }
}
