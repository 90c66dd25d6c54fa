package io.recupero.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What cannot be read of an attribute, or contradicts another row, takes no debt with it. */
class AttributesTest {

  private static final JudgeSettings SANTIAGO = JudgeSettings.in(ZoneId.of("America/Santiago"));
  private static final String INVOICES =
      "invoice_id | customer_id | issue_date | due_date | amount | currency | document_type"
          + " | debt_type";

  @Test
  void codesAreReadInTheFormsThatPeopleUse() {
    Judged judged =
        judge(
            "customers",
            Texts.of(
                "customer_id | country | company_size | timezone | person_type",
                "C1|CL|small|America/Santiago|business",
                "C2|cl|Small|america/santiago|BUSINESS",
                "C3|CHL|SMALL|America/Buenos Aires|Consumer",
                "C4|Chile| médium |Etc/GMT+5|consumer",
                "C5|Brasil|LARGE|UTC|",
                "C6|México||Mars/Olympus|",
                "C7|EE. UU.|huge||",
                "C8|Estados Unidos de América|||",
                "C9|república dominicana|||",
                "D1|USA|||",
                "D2|ESPANA|||",
                "D3|Spain|||",
                "D4|Chilee|||"));
    assertThat(
            Texts.seen(
                judged.silver(),
                "customer_id",
                "country",
                "company_size",
                "timezone",
                "person_type",
                "replace(_findings, '\n', ', ')"))
        .containsExactly(
            "C1|CL|small|America/Santiago|business|null",
            "C2|CL|small|America/Santiago|business|null",
            "C3|CL|small|America/Buenos_Aires|consumer|null",
            "C4|CL|medium|Etc/GMT+5|consumer|null",
            "C5|BR|large|UTC|null|null",
            "C6|MX|null|null|null|timezone not_listed Mars/Olympus",
            "C7|US|null|null|null|company_size not_listed huge",
            "C8|US|null|null|null|null",
            "C9|DO|null|null|null|null",
            "D1|US|null|null|null|null",
            "D2|ES|null|null|null|null",
            "D3|ES|null|null|null|null",
            "D4|null|null|null|null|country not_listed Chilee");
    assertThat(judged.counts().quarantined()).isZero();
  }

  @Test
  void aNameOfMoreThanTwoHundredCharactersIsCut() {
    Judged judged =
        judge(
            "customers",
            Texts.of(
                "customer_id | name | industry",
                "C1|" + "ñ".repeat(200) + "|retail",
                "C2|" + "ñ".repeat(201) + "|" + "x".repeat(100_000)));
    assertThat(
            Texts.seen(
                judged.silver(),
                "customer_id",
                "length(name)",
                "length(industry)",
                "replace(_findings, '\n', ', ')"))
        .containsExactly(
            "C1|200|6|null",
            "C2|200|200|name cut_off " + "ñ".repeat(60) + ", industry cut_off " + "x".repeat(60));
    assertThat(judged.counts().quarantined()).isZero();
  }

  /** From Parquet or a mapping; text files are measured while they are read. */
  @Test
  void aValueOfMoreThanOneMebibyteIsRefused() {
    String atMost = "x".repeat(1 << 20);
    Judged judged =
        judge(
            "customers",
            Texts.of(
                "customer_id | name | country",
                "C1|" + atMost + "|CL",
                "C2|" + atMost + "y|CL",
                "C3|a|" + atMost + "y"));
    assertThat(Texts.quarantined(judged))
        .containsExactlyInAnyOrder("C2: oversized_value", "C3: oversized_value");
    assertThat(Texts.seen(judged.quarantine(), "length(raw) <= 65536")).containsOnly("true");
    assertThat(Texts.seen(judged.silver(), "customer_id", "length(name)"))
        .containsExactly("C1|200");
  }

  @Test
  void currenciesAreReadInAnyCaseAndByASignThatMeansOne() {
    Judged judged =
        judge(
            "invoices",
            Texts.of(
                INVOICES,
                "F1|C1|2026-03-01|2026-03-31|1.5|usd||",
                "F2|C1|2026-03-01|2026-03-31|1.1234|UF||",
                "F3|C1|2026-03-01|2026-03-31|1.5|US$||",
                "F4|C1|2026-03-01|2026-03-31|1.5|R$||",
                "F5|C1|2026-03-01|2026-03-31|1.5|S/.||",
                "F6|C1|2026-03-01|2026-03-31|1.5|€||",
                "F7|C1|2026-03-01|2026-03-31|1.5|$||",
                "F8|C1|2026-03-01|2026-03-31|1.5|clp||"));
    assertThat(Texts.seen(judged.silver(), "invoice_id", "currency"))
        .containsExactly("F1|USD", "F2|CLF", "F3|USD", "F4|BRL", "F5|PEN", "F6|EUR");
    assertThat(Texts.quarantined(judged))
        .containsExactly("F7: currency_not_listed", "F8: amount_too_many_decimals");
  }

  @Test
  void anUnknownCodeOfADocumentCountsAsItsDefault() {
    Judged judged =
        judge(
            "invoices",
            Texts.of(
                INVOICES,
                "F1|C1|2026-03-01|2026-03-31|100|CLP|Factura|",
                "F2|C1|2026-03-01|2026-03-31|100|CLP|Debit Note|"));
    assertThat(Texts.seen(judged.silver(), "invoice_id", "document_type", "_findings"))
        .containsExactly("F1|invoice|document_type not_listed Factura", "F2|debit_note|null");
  }

  @Test
  void ofRowsThatDifferInAttributesAloneTheLastOfTheFileCounts() {
    Map<String, Judged> judged =
        new Judge(Contracts.load(), SANTIAGO)
            .judge(
                Map.of(
                    "customers",
                    Texts.of(
                        "customer_id | name | region",
                        "C1|Cinco|RM",
                        "C1|Cinco sucursal|V",
                        "C2|Seis|RM",
                        "C2|Siete|RM",
                        "C2|Seis|RM"),
                    "invoices",
                    Texts.of(
                        INVOICES,
                        "F1|C1|2026-03-01|2026-03-31|100|CLP||trade",
                        "F1|C1|2026-03-01|2026-03-31|100|CLP||lease",
                        "F2|C1|2026-03-01|2026-03-31|100|CLP||trade",
                        "F2|C1|2026-03-01|2026-03-31|200|CLP||trade")));
    assertThat(Texts.seen(judged.get("customers").silver(), "customer_id", "name", "_findings"))
        .containsExactly("C1|Cinco sucursal|- other_attributes", "C2|Seis|- other_attributes");
    assertThat(judged.get("customers").counts()).isEqualTo(new Judged.Counts(5, 2, 0, 3));
    Tally customers = Judged.tally(Map.of("customers", judged.get("customers"))).get("customers");
    assertThat(customers.repeated(Texts.ARRIVED.toString()))
        .as("of the three left out one says what another said; the finding tells of the others")
        .singleElement()
        .matches(file -> file.repeated() == 1 && file.twice() == 1);
    assertThat(Texts.seen(judged.get("invoices").silver(), "invoice_id", "debt_type", "_findings"))
        .containsExactly("F1|lease|- other_attributes");
    assertThat(Texts.quarantined(judged.get("invoices")))
        .as("two amounts of one debt are no matter of attributes")
        .containsExactly("F2: conflicting_duplicate", "F2: conflicting_duplicate");
  }

  @Test
  void theSameContradictionAgainSaysNothingNew() {
    String[] lines = {"customer_id | name", "C1|Cinco", "C1|Cinco sucursal"};
    Dataset<Row> silver = judge("customers", Texts.of(lines)).silver();
    Instant later = Texts.ARRIVED.plusSeconds(3600);
    Judged again =
        new Judge(Contracts.load(), SANTIAGO.knowing(Map.of("customers", silver)))
            .judge(Map.of("customers", Texts.arrived(later, lines)))
            .get("customers");
    assertThat(again.counts()).isEqualTo(new Judged.Counts(2, 0, 0, 2));
  }

  @Test
  void aRefusedRowOfACustomerTakesNoOtherRowWithIt() {
    Judged judged =
        judge(
            "customers",
            Texts.of("customer_id | name | valid_from", "C1|Uno|", "C1|Uno nuevo|31/02/2026"));
    assertThat(Texts.seen(judged.silver(), "customer_id", "name")).containsExactly("C1|Uno");
    assertThat(Texts.quarantined(judged)).containsExactly("C1: invalid_valid_from");
  }

  @Test
  void datesFarAfterTheArrivalAreRefusedAndTheLimitIsASetting() {
    Dataset<Row> invoices =
        Texts.of(
            INVOICES,
            "F1|C1|2027-05-02|2027-06-01|100|CLP||",
            "F2|C1|2027-05-03|2027-06-01|100|CLP||",
            "F3|C1|2026-03-01|2062-06-01|100|CLP||");
    assertThat(Texts.quarantined(judge("invoices", invoices)))
        .as("366 days after 2026-05-01; a due date may be further away")
        .containsExactly("F2: far_future_date");
    assertThat(
            Texts.quarantined(
                new Judge(Contracts.load(), SANTIAGO.allowing(400))
                    .judge(Map.of("invoices", invoices))
                    .get("invoices")))
        .isEmpty();
  }

  @Test
  void anInvoiceOfZeroIsAcceptedAndANegativeOneIsRefusedWithAdvice() {
    Judged judged =
        judge(
            "invoices",
            Texts.of(
                INVOICES,
                "F1|C1|2026-03-01|2026-03-31|0.00|USD||",
                "F2|C1|2026-03-01|2026-03-31|-50|USD||"));
    assertThat(Texts.seen(judged.silver(), "invoice_id", "amount")).containsExactly("F1|0.0000");
    assertThat(Texts.seen(judged.quarantine(), "reasons_en"))
        .containsExactly(
            "The amount is negative: send it as a credit note in adjustments, or set negative_as:"
                + " credit_note in the mapping or in the settings");
  }

  @Test
  void aCreditNoteMayNameACustomerInsteadOfAnInvoice() {
    Map<String, Judged> judged =
        new Judge(Contracts.load(), SANTIAGO)
            .judge(
                Map.of(
                    "invoices",
                    Texts.of(INVOICES, "F1|C1|2026-03-01|2026-03-31|100|USD||"),
                    "adjustments",
                    Texts.of(
                        "adjustment_id | invoice_id | kind | effective_on | amount | customer_id"
                            + " | currency",
                        "J1||credit_note|2026-03-20|50.25|C1|usd",
                        "J2|F1|credit_note|2026-03-20|50.25||",
                        "J3||write_off|2026-03-20|50.25|C1|USD",
                        "J4||credit_note|2026-03-20|50.25|C1|",
                        "J5|F1|credit_note|2026-03-20|50|C1|CLP",
                        "J6||credit_note|2026-03-20|50.255|C1|USD")));
    assertThat(
            Texts.seen(
                judged.get("adjustments").silver(),
                "adjustment_id",
                "customer_id",
                "currency",
                "owner_id",
                "invoice_currency"))
        .containsExactly("J1|C1|USD|null|null", "J2|null|USD|C1|USD");
    assertThat(Texts.quarantined(judged.get("adjustments")))
        .containsExactly(
            "J3: missing_invoice",
            "J4: missing_invoice",
            "J5: currency_differs",
            "J6: amount_too_many_decimals");
  }

  @Test
  void inOneCurrencyWhatIsAppliedIsWhatWasPaid() {
    Map<String, Dataset<Row>> texts = new HashMap<>();
    texts.put(
        "invoices",
        Texts.of(
            INVOICES,
            "F1|C1|2026-03-01|2026-03-31|100|USD||",
            "F2|C1|2026-03-01|2026-03-31|100|CLF||"));
    texts.put(
        "payments",
        Texts.of(
            "payment_id | customer_id | paid_on | amount | currency",
            "R1|C1|2026-03-05|98|USD",
            "R2|C1|2026-03-05|150|USD"));
    texts.put(
        "payment_applications",
        Texts.of(
            "payment_id | invoice_id | amount | payment_amount",
            "R1|F1|100|98",
            "R2|F1|40|40.00",
            "R2|F2|1|60"));
    Judged judged = new Judge(Contracts.load(), SANTIAGO).judge(texts).get("payment_applications");
    assertThat(Texts.quarantined(judged))
        .containsExactly("R1|F1|2026-03-05: applied_differs_from_paid");
    assertThat(judged.counts().accepted()).isEqualTo(2);
  }

  private static Judged judge(String table, Dataset<Row> text) {
    return new Judge(Contracts.load(), SANTIAGO).judge(Map.of(table, text)).get(table);
  }
}
