package io.recupero.compliance;

import static io.recupero.compliance.Judged.CL;
import static io.recupero.compliance.Judged.CO;
import static io.recupero.compliance.Judged.CREDITOR;
import static io.recupero.compliance.Judged.consumer;
import static io.recupero.compliance.Judged.contact;
import static io.recupero.compliance.Judged.holidays;
import static io.recupero.compliance.Judged.judge;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has to be known before a contact is called ok, and who the debtor was then. */
class ContactJudgeTest {

  private static final String MONDAY_NOON = "K 2024-06-03T12:00:00-05:00 call no_answer";
  private static final String SUNDAY_NIGHT = "K 2024-06-09T23:00:00-05:00 call no_answer";

  @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
  @CsvSource({
    "CO, , consumer, America/Bogota, ok",
    ", , consumer, America/Bogota, lacks country",
    "'  ', , consumer, America/Bogota, lacks country",
    "CO, , , America/Bogota, lacks person_type",
    "CO, , company, America/Bogota, lacks person_type",
    "CO, , business, America/Bogota, lacks business_debtor",
    "CO, , consumer, , lacks timezone",
    "CO, , consumer, America/Macondo, lacks timezone",
    "CO, , consumer, america/bogota, lacks timezone",
    "CO, , consumer, -05:00, lacks timezone",
    "AR, , consumer, America/Argentina/Buenos_Aires, lacks rule",
    "AR, , business, America/Argentina/Buenos_Aires, lacks rule business_debtor",
    "ZZ, , consumer, UTC, lacks rule",
    "BR, SP, consumer, America/Sao_Paulo, ok",
    "BR, sao paulo, consumer, America/Sao_Paulo, ok",
    "BR, RJ, consumer, America/Sao_Paulo, lacks rule",
    "BR, , consumer, America/Sao_Paulo, lacks region",
    ", , , , lacks country person_type timezone",
    "BR, , , , lacks region person_type timezone"
  })
  void allThatIsMissingIsSaid(
      String country, String region, String person, String timezone, String expected) {
    Debtor debtor = new Debtor(null, country, region, person, timezone);
    assertThat(judge(debtor, MONDAY_NOON)).containsExactly("K " + expected);
  }

  @Test
  void aContactOfNobodyKnownLacksEverything() {
    assertThat(judge(ContactRules.load(), holidays(), List.of(), MONDAY_NOON))
        .containsExactly("K lacks country person_type timezone");
  }

  @Test
  void aPlaceWithoutRulesIsNotOkAtAnyHour() {
    assertThat(judge(consumer("AR", "America/Argentina/Buenos_Aires"), SUNDAY_NIGHT))
        .containsExactly("K lacks rule");
  }

  @Test
  void beforeARuleBeganThereWasNone() {
    assertThat(
            judge(
                CO,
                "K1 2023-10-09T23:59:59-05:00 call no_answer",
                "K2 2023-10-10T00:00:00-05:00 call no_answer"))
        .containsExactly("K1 lacks rule", "K2 co_hours");
  }

  @Test
  void businessesAreJudgedByASwitch() {
    Debtor business = new Debtor(null, "CO", null, "business", "America/Bogota");
    ContactRules rules = ContactRules.load().with(List.of("business_debtors"));
    assertThat(judge(rules, holidays(), List.of(business), MONDAY_NOON)).containsExactly("K ok");
    assertThat(judge(rules, holidays(), List.of(business), SUNDAY_NIGHT))
        .containsExactly("K co_hours");
    assertThat(judge(business, SUNDAY_NIGHT)).containsExactly("K lacks business_debtor");
  }

  @Test
  void whatIsWrongForAnybodyIsWrongWhoeverTheDebtorIs() {
    Debtor unknown = new Debtor(null, "CO", null, null, "America/Bogota");
    ContactRules rules = ContactRules.load().with(List.of("business_debtors"));
    assertThat(judge(rules, holidays(), List.of(unknown), SUNDAY_NIGHT))
        .containsExactly("K co_hours");
    assertThat(judge(rules, holidays(), List.of(unknown), MONDAY_NOON))
        .containsExactly("K lacks person_type");
    assertThat(judge(unknown, SUNDAY_NIGHT)).containsExactly("K lacks person_type");
  }

  @Test
  void rulesForBusinessesNeedNoSwitch() {
    ContactRules rules =
        ContactRules.parse(
            Map.of(
                "ar.yaml",
                """
                country: AR
                rules:
                  - id: ar_business
                    name: {es: a, en: a}
                    persons: [business]
                    hours: {permitted: [{days: mon-fri, from: 09:00, to: 18:00}], holidays: permitted}
                    source: s
                    confidence: low
                    note: {es: a, en: a}
                """));
    String zone = "America/Argentina/Buenos_Aires";
    Debtor business = new Debtor(null, "AR", null, "business", zone);
    assertThat(judge(rules, holidays(), List.of(business), SUNDAY_NIGHT))
        .containsExactly("K ar_business");
    assertThat(judge(rules, holidays(), List.of(consumer("AR", zone)), SUNDAY_NIGHT))
        .containsExactly("K lacks rule");
  }

  @Test
  void aContactIsJudgedByWhatTheDebtorWasOnItsDayAtTheCreditors() {
    Debtor first = CO;
    Debtor then = new Debtor(LocalDate.of(2024, 6, 4), "PE", null, "consumer", "America/Lima");
    assertThat(
            judge(
                ContactRules.load(),
                holidays(),
                List.of(then, first),
                // 22:59 in Bogota is 23:59 in Santiago; a minute later it is 4 June there
                "K1 2024-06-03T22:59:59-05:00 call no_answer",
                "K2 2024-06-03T23:00:00-05:00 call no_answer"))
        .containsExactly("K1 co_hours", "K2 pe_hours");
  }

  @Test
  void beforeTheFirstDatedRowNothingIsKnown() {
    Debtor dated = new Debtor(LocalDate.of(2024, 6, 4), "CO", null, "consumer", "America/Bogota");
    assertThat(
            judge(
                ContactRules.load(),
                holidays(),
                List.of(dated),
                "K1 2024-06-03T12:00:00-05:00 call promise",
                "K2 2024-06-04T12:00:00-05:00 sms read"))
        .containsExactly("K1 lacks country person_type timezone", "K2 co_other_channel");
  }

  @Test
  void aNewZoneMovesWhatCameBeforeToo() {
    Debtor madrid = new Debtor(LocalDate.of(2024, 6, 10), "CL", null, "consumer", "Europe/Madrid");
    assertThat(
            judge(
                ContactRules.load(),
                holidays(),
                List.of(CL, madrid),
                // Sunday evening in Santiago is Monday in Madrid
                "K1 2024-06-09T19:00:00-04:00 whatsapp read consent",
                "K2 2024-06-10T09:00:00+02:00 whatsapp read"))
        .containsExactly("K1 ok", "K2 cl_messages");
  }

  @Test
  void nothingToJudgeGivesNothing() {
    assertThat(judge(CL)).isEmpty();
    assertThat(judge(CL, "K 2024-06-09T23:00:00-04:00 call promise inbound")).isEmpty();
  }

  @Test
  void aJudgeTravelsToOtherMachines() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ContactJudge(ContactRules.load(), holidays(), CREDITOR));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ContactJudge judge = (ContactJudge) in.readObject();
      assertThat(judge.judge(List.of(contact(SUNDAY_NIGHT)), List.of(CO)))
          .extracting(Finding::verdict)
          .containsExactly(Finding.Verdict.VIOLATION);
    }
  }

  @Test
  void oneContactMoreNeverMakesAnEarlierOneWrong() {
    List<Contact> contacts = new ArrayList<>();
    String[] outcomes = {"no_answer", "promise", "bounced", "read"};
    String[] channels = {"call", "sms", "ivr", "email", "visit", "letter"};
    ContactJudge judge = new ContactJudge(ContactRules.load(), holidays(), CREDITOR);
    List<Finding> before = List.of();
    for (int i = 0; i < 60; i++) {
      contacts.add(
          new Contact(
              "K" + (100 + i),
              Judged.micros("2024-06-03T09:00:00-04:00") + i * 40_000_000_000L,
              channels[i % channels.length],
              i % 7 != 0,
              outcomes[i % outcomes.length],
              i % 3 == 0 ? null : "F" + i % 3,
              null));
      List<Finding> now = judge.judge(contacts, List.of(CL));
      assertThat(now.subList(0, before.size())).isEqualTo(before);
      before = now;
    }
    assertThat(before).extracting(Finding::verdict).contains(Finding.Verdict.VIOLATION);
  }
}
