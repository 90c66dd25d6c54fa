package io.recupero.compliance;

import static io.recupero.compliance.Judged.CL;
import static io.recupero.compliance.Judged.CO;
import static io.recupero.compliance.Judged.EC;
import static io.recupero.compliance.Judged.US;
import static io.recupero.compliance.Judged.holidays;
import static io.recupero.compliance.Judged.judge;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How often: what came before a contact decides. */
class FrequencyTest {

  @Test
  void inColombiaNobodyIsContactedAgainOnTheDayOfADirectContact() {
    assertThat(
            judge(
                CO,
                "K1 2024-06-03T09:00:00-05:00 call no_answer",
                "K2 2024-06-03T10:00:00-05:00 call promise",
                "K3 2024-06-03T11:00:00-05:00 call no_answer",
                "K4 2024-06-03T12:00:00-05:00 letter delivered",
                "K5 2024-06-04T09:00:00-05:00 ivr no_answer"))
        .containsExactly("K1 ok", "K2 ok", "K3 co_same_day", "K4 ok", "K5 ok");
  }

  @Test
  void inColombiaNoOtherChannelIsUsedInTheWeekOfADirectContact() {
    assertThat(
            judge(
                CO,
                "K1 2024-06-03T09:00:00-05:00 sms delivered",
                "K2 2024-06-04T09:00:00-05:00 ivr right_party",
                "K3 2024-06-05T09:00:00-05:00 call no_answer",
                "K4 2024-06-08T09:00:00-05:00 sms delivered",
                // consent lifts hours, not this; and Sunday ends the week
                "K5 2024-06-09T23:59:59-05:00 sms delivered consent",
                "K6 2024-06-10T07:00:00-05:00 sms delivered"))
        .containsExactly(
            "K1 ok", "K2 ok", "K3 ok", "K4 co_other_channel", "K5 co_other_channel", "K6 ok");
  }

  @Test
  void aCallThatTheDebtorMadeIsADirectContactAndIsNotJudged() {
    assertThat(
            judge(
                CO,
                "K1 2024-06-03T23:00:00-05:00 call callback inbound",
                "K2 2024-06-04T09:00:00-05:00 whatsapp delivered",
                "K3 2024-06-04T10:00:00-05:00 call third_party"))
        .containsExactly("K2 co_other_channel", "K3 ok");
  }

  @Test
  void oneContactMayBreakSeveralRules() {
    assertThat(
            judge(
                CO,
                "K1 2024-06-03T18:00:00-05:00 call refusal",
                "K2 2024-06-03T19:00:00-05:00 sms read"))
        .containsExactly("K1 ok", "K2 co_hours co_other_channel co_same_day");
  }

  @Test
  void theOtherReadingForColombiaIsASwitch() {
    ContactRules rules = ContactRules.load().with(List.of("co_once_a_week_per_channel"));
    assertThat(
            judge(
                rules,
                holidays(),
                List.of(CO),
                "K1 2024-06-03T09:00:00-05:00 call right_party",
                "K2 2024-06-04T09:00:00-05:00 sms read",
                "K3 2024-06-05T09:00:00-05:00 ivr no_answer",
                "K4 2024-06-06T09:00:00-05:00 sms read",
                "K5 2024-06-10T09:00:00-05:00 call no_answer"))
        .containsExactly("K1 ok", "K2 ok", "K3 co_same_channel", "K4 ok", "K5 ok");
  }

  @Test
  void inChileOneCallOrVisitAWeekMayBeHeard() {
    assertThat(
            judge(
                CL,
                "K1 2024-06-03T09:00:00-04:00 call no_answer",
                "K2 2024-06-03T10:00:00-04:00 call third_party",
                "K3 2024-06-04T10:00:00-04:00 visit promise",
                "K4 2024-06-05T10:00:00-04:00 call no_answer",
                "K5 2024-06-06T10:00:00-04:00 ivr dispute",
                "K6 2024-06-07T10:00:00-04:00 call wrong_number",
                "K7 2024-06-10T08:00:00-04:00 call right_party"))
        .containsExactly(
            "K1 ok", "K2 ok", "K3 ok", "K4 ok", "K5 cl_calls_and_visits", "K6 ok", "K7 ok");
  }

  @Test
  void inChileACallThatTheDebtorMadeCountsAndAMessageDoesNot() {
    assertThat(
            judge(
                CL,
                "K1 2024-06-03T09:00:00-04:00 whatsapp promise",
                "K2 2024-06-04T10:00:00-04:00 call right_party",
                "K3 2024-06-10T10:00:00-04:00 call callback inbound",
                "K4 2024-06-11T10:00:00-04:00 call right_party"))
        .containsExactly("K1 ok", "K2 ok", "K4 cl_calls_and_visits");
  }

  @Test
  void inChileTwoMessagesAWeekTwoDaysApart() {
    assertThat(
            judge(
                CL,
                "K1 2024-06-03T19:00:00-04:00 sms delivered",
                "K2 2024-06-05T08:00:00-04:00 email read",
                "K3 2024-06-07T09:00:00-04:00 email bounced",
                "K4 2024-06-08T09:00:00-04:00 whatsapp delivered"))
        .containsExactly("K1 ok", "K2 ok", "K3 ok", "K4 cl_messages");
    assertThat(
            judge(
                CL,
                "K1 2024-06-03T09:00:00-04:00 sms bounced",
                "K2 2024-06-04T09:00:00-04:00 email read",
                "K3 2024-06-05T09:00:00-04:00 sms read",
                "K4 2024-06-06T09:00:00-04:00 sms read inbound"))
        .containsExactly("K1 ok", "K2 ok", "K3 cl_messages");
  }

  @Test
  void weeksEndOnSundayAtTheDebtorsMidnight() {
    // Consent takes the hours away, so that only the week is left.
    assertThat(
            judge(
                CL,
                "K1 2024-06-08T12:00:00-04:00 sms read",
                "K2 2024-06-09T23:59:59.999999-04:00 sms read consent",
                "K3 2024-06-10T00:00:00-04:00 sms read consent"))
        .containsExactly("K1 ok", "K2 cl_messages", "K3 ok");
  }

  @Test
  void theWeekInWhichTheClockIsSetBackIsAnHourLonger() {
    // Santiago, 6 April 2024: 24:00 is 23:00 again, and Sunday begins at 04:00 UTC.
    assertThat(
            judge(
                CL,
                "K1 2024-04-05T12:00:00-03:00 sms read",
                "K2 2024-04-07T02:59:59Z sms read consent",
                "K3 2024-04-07T03:30:00Z sms bounced consent",
                "K4 2024-04-08T03:59:59Z sms read consent",
                "K5 2024-04-08T04:00:00Z sms read consent"))
        .containsExactly("K1 ok", "K2 cl_messages", "K3 ok", "K4 cl_messages", "K5 ok");
  }

  @Test
  void daysAreCountedOverALeapDay() {
    assertThat(
            judge(
                CL,
                "K1 2024-02-28T12:00:00-03:00 sms read",
                "K2 2024-03-01T12:00:00-03:00 sms read"))
        .containsExactly("K1 ok", "K2 ok");
    assertThat(
            judge(
                US,
                "K1 2024-02-26T12:00:00-05:00 call promise",
                "K2 2024-03-03T12:00:00-05:00 call no_answer",
                "K3 2024-03-04T12:00:00-05:00 call no_answer"))
        .containsExactly("K1 ok", "K2 presumed us_call_after_conversation", "K3 ok");
  }

  @Test
  void inEcuadorOneContactADay() {
    assertThat(
            judge(
                EC,
                "K1 2024-06-03T09:00:00-05:00 call no_answer",
                "K2 2024-06-03T10:00:00-05:00 email bounced",
                "K3 2024-06-04T09:00:00-05:00 letter delivered",
                "K4 2024-06-04T09:30:00-05:00 call promise inbound",
                "K5 2024-06-04T10:00:00-05:00 sms read"))
        .containsExactly("K1 ok", "K2 ec_once_a_day", "K3 ok", "K5 ok");
  }

  @Test
  void inTheUnitedStatesTheEighthCallInSevenDaysIsPresumedTooMany() {
    List<String> calls = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      calls.add("K%d 2024-06-0%dT12:00:00-04:00 call no_answer F1".formatted(i, i));
    }
    calls.add("K8 2024-06-07T13:00:00-04:00 ivr no_answer F1");
    calls.add("K9 2024-06-07T14:00:00-04:00 call no_answer F2");
    calls.add("L1 2024-06-07T15:00:00-04:00 call no_answer");
    calls.add("L2 2024-06-07T16:00:00-04:00 sms read F1");
    // 9 June: 3 to 9 June hold five calls and K8
    calls.add("L3 2024-06-09T12:00:00-04:00 call no_answer F1");
    assertThat(judge(US, calls.toArray(String[]::new)))
        .containsExactly(
            "K1 ok",
            "K2 ok",
            "K3 ok",
            "K4 ok",
            "K5 ok",
            "K6 ok",
            "K7 ok",
            "K8 presumed us_seven_calls",
            "K9 ok",
            "L1 ok",
            "L2 ok",
            "L3 ok");
  }

  @Test
  void inTheUnitedStatesNoCallWithinSevenDaysOfAConversationAboutThatDebt() {
    assertThat(
            judge(
                US,
                "K1 2024-06-01T12:00:00-04:00 call promise inbound F1",
                "K2 2024-06-07T12:00:00-04:00 call no_answer F1",
                "K3 2024-06-07T12:00:01-04:00 call no_answer F2",
                "K4 2024-06-07T12:00:02-04:00 call no_answer",
                "K5 2024-06-07T12:00:03-04:00 sms read F1",
                "K6 2024-06-08T12:00:00-04:00 call no_answer F1"))
        .containsExactly(
            "K2 presumed us_call_after_conversation", "K3 ok", "K4 ok", "K5 ok", "K6 ok");
  }

  @Test
  void inTheUnitedStatesOnlyAConversationByTelephoneCounts() {
    assertThat(
            judge(
                US,
                "K1 2024-06-01T12:00:00-04:00 sms promise F1",
                "K2 2024-06-01T13:00:00-04:00 email dispute inbound F1",
                "K3 2024-06-01T14:00:00-04:00 visit right_party F1",
                "K4 2024-06-02T12:00:00-04:00 call no_answer F1",
                "K5 2024-06-02T13:00:00-04:00 ivr promise inbound F1",
                "K6 2024-06-03T12:00:00-04:00 call no_answer F1"))
        .containsExactly("K1 ok", "K3 ok", "K4 ok", "K6 presumed us_call_after_conversation");
  }

  @Test
  void contactsWithoutAnInvoiceAreADebtOfTheirOwn() {
    assertThat(
            judge(
                US,
                "K1 2024-06-01T12:00:00-04:00 call promise",
                "K2 2024-06-02T12:00:00-04:00 call no_answer F1",
                "K3 2024-06-03T12:00:00-04:00 call no_answer"))
        .containsExactly("K1 ok", "K2 ok", "K3 presumed us_call_after_conversation");
  }

  @Test
  void aViolationThatIsNotOnlyPresumedIsAViolation() {
    assertThat(
            judge(
                US,
                "K1 2024-06-01T12:00:00-04:00 call promise F1",
                "K2 2024-06-02T22:00:00-04:00 call no_answer F1"))
        .containsExactly("K1 ok", "K2 us_call_after_conversation us_hours");
  }

  @Test
  void contactsAtOneInstantComeInTheOrderOfTheirIds() {
    assertThat(
            judge(
                CO,
                "K2 2024-06-03T09:00:00-05:00 call no_answer",
                "K1 2024-06-03T14:00:00Z call promise"))
        .containsExactly("K1 ok", "K2 co_same_day");
    assertThat(
            judge(
                CO,
                "K1 2024-06-03T09:00:00-05:00 call no_answer",
                "K2 2024-06-03T14:00:00Z call promise"))
        .containsExactly("K1 ok", "K2 ok");
  }

  @Test
  void theOrderInWhichContactsAreGivenSaysNothing() {
    assertThat(
            judge(
                CL,
                "K3 2024-06-06T10:00:00-04:00 call promise",
                "K1 2024-06-03T10:00:00-04:00 call no_answer",
                "K2 2024-06-04T10:00:00-04:00 call right_party"))
        .containsExactly("K1 ok", "K2 ok", "K3 cl_calls_and_visits");
  }

  @Test
  void aDayThatTheClockBeginsTwiceIsOneDay() {
    // St. John's, 29 October 2006: 00:01 is 23:01 of the 28th again.
    ContactRules rules =
        ContactRules.parse(
            Map.of(
                "ca.yaml",
                """
                country: CA
                rules:
                  - id: ca_once_a_day
                    name: {es: a, en: a}
                    persons: [consumer]
                    frequency: {counts: attempt, window: 1, limit: 1}
                    source: s
                    confidence: low
                    note: {es: a, en: a}
                """));
    assertThat(
            judge(
                rules,
                holidays(),
                List.of(Judged.consumer("CA", "America/St_Johns")),
                "K1 2006-10-29T00:00:30-02:30 sms read",
                "K2 2006-10-28T23:30:00-03:30 sms read",
                "K3 2006-10-29T12:00:00-03:30 sms read"))
        .containsExactly("K1 ok", "K2 ok", "K3 ca_once_a_day");
  }
}
