package io.recupero.compliance;

import static io.recupero.compliance.Judged.CL;
import static io.recupero.compliance.Judged.CO;
import static io.recupero.compliance.Judged.EC;
import static io.recupero.compliance.Judged.MX;
import static io.recupero.compliance.Judged.PE;
import static io.recupero.compliance.Judged.US;
import static io.recupero.compliance.Judged.holidays;
import static io.recupero.compliance.Judged.judge;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hours and days, each contact alone. */
class HoursTest {

  private static final Map<String, Debtor> DEBTORS =
      Map.of(
          "CO", CO,
          "CL", CL,
          "MX", MX,
          "PE", PE,
          "EC", EC,
          "US", US,
          "SP", new Debtor(null, "BR", "São Paulo", "consumer", "America/Sao_Paulo"));

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource({
    // Colombia: a Friday, a Saturday, a Sunday
    "CO, 2024-06-07T06:59:59.999999-05:00, call, co_hours",
    "CO, 2024-06-07T07:00:00-05:00, call, ok",
    "CO, 2024-06-07T18:59:59.999999-05:00, email, ok",
    "CO, 2024-06-07T19:00:00-05:00, email, co_hours",
    "CO, 2024-06-08T07:59:59-05:00, sms, co_hours",
    "CO, 2024-06-08T08:00:00-05:00, sms, ok",
    "CO, 2024-06-08T14:59:59-05:00, sms, ok",
    "CO, 2024-06-08T15:00:00-05:00, sms, co_hours",
    "CO, 2024-06-09T12:00:00-05:00, ivr, co_hours",
    "CO, 2024-06-09T12:00:00-05:00, letter, ok",
    "CO, 2024-01-01T12:00:00-05:00, call, co_hours",
    // Chile
    "CL, 2024-06-08T08:00:00-04:00, visit, ok",
    "CL, 2024-06-08T07:59:59-04:00, visit, cl_hours",
    "CL, 2024-06-08T19:59:59-04:00, whatsapp, ok",
    "CL, 2024-06-08T20:00:00-04:00, whatsapp, cl_hours",
    "CL, 2024-06-09T12:00:00-04:00, whatsapp, cl_hours",
    "CL, 2024-01-01T12:00:00-03:00, whatsapp, cl_hours",
    // Mexico: any day
    "MX, 2024-06-09T07:00:00-06:00, call, ok",
    "MX, 2024-06-09T06:59:59-06:00, call, mx_hours",
    "MX, 2024-06-09T21:59:59-06:00, sms, ok",
    "MX, 2024-06-09T22:00:00-06:00, sms, mx_hours",
    // Peru: calls and visits only
    "PE, 2024-06-07T07:00:00-05:00, call, ok",
    "PE, 2024-06-07T06:59:59-05:00, ivr, pe_hours",
    "PE, 2024-06-07T20:00:00-05:00, visit, pe_hours",
    "PE, 2024-06-08T12:00:00-05:00, call, pe_hours",
    "PE, 2024-01-01T12:00:00-05:00, call, pe_hours",
    "PE, 2024-06-09T23:00:00-05:00, sms, ok",
    // Ecuador
    "EC, 2024-06-07T07:00:00-05:00, email, ok",
    "EC, 2024-06-07T20:00:00-05:00, email, ec_hours",
    "EC, 2024-06-08T12:00:00-05:00, email, ec_hours",
    // São Paulo
    "SP, 2024-06-07T08:00:00-03:00, call, ok",
    "SP, 2024-06-07T20:00:00-03:00, call, br_sp_hours",
    "SP, 2024-06-08T13:59:59-03:00, call, ok",
    "SP, 2024-06-08T14:00:00-03:00, call, br_sp_hours",
    "SP, 2024-06-09T12:00:00-03:00, call, br_sp_hours",
    "SP, 2024-01-01T12:00:00-03:00, call, br_sp_hours",
    // United States: 21:00:00 sharp is permitted, a microsecond later is not
    "US, 2024-06-09T08:00:00-04:00, call, ok",
    "US, 2024-06-09T07:59:59.999999-04:00, call, us_hours",
    "US, 2024-06-09T21:00:00-04:00, call, ok",
    "US, 2024-06-09T21:00:00.000001-04:00, call, us_hours"
  })
  void fromIsIncludedAndToIsNot(String place, String time, String channel, String expected) {
    assertThat(judge(DEBTORS.get(place), "K " + time + " " + channel + " no_answer"))
        .containsExactly("K " + expected);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    // Santiago: UTC-3 until Saturday 6 April 2024, 24:00, then UTC-4; back on 7 September
    "CL, 2024-04-06T22:59:59Z, ok",
    "CL, 2024-04-06T23:00:00Z, cl_hours",
    "CL, 2024-04-08T23:59:59Z, ok",
    "CL, 2024-04-08T11:59:59Z, cl_hours",
    "CL, 2024-04-08T12:00:00Z, ok",
    "CL, 2024-09-09T11:00:00Z, ok",
    "CL, 2024-09-09T23:00:00Z, cl_hours",
    // 23:30 of that Saturday comes twice, and neither is Sunday
    "CL, 2024-04-07T02:30:00Z, cl_hours",
    "CL, 2024-04-07T03:30:00Z, cl_hours",
    // New York: summer time from Sunday 10 March 2024, 2:00, to 3 November
    "US, 2024-03-09T13:00:00Z, ok",
    "US, 2024-03-09T12:59:59Z, us_hours",
    "US, 2024-03-10T12:00:00Z, ok",
    "US, 2024-03-11T01:00:00Z, ok",
    "US, 2024-03-11T01:00:01Z, us_hours",
    "US, 2024-11-03T12:59:59Z, us_hours",
    "US, 2024-11-03T13:00:00Z, ok",
    // Mexico City: summer time for the last time in 2022
    "MX, 2022-07-01T12:00:00Z, ok",
    "MX, 2023-07-01T12:59:59Z, mx_hours",
    "MX, 2023-07-01T13:00:00Z, ok",
    // leap day: a Thursday
    "CO, 2024-02-29T12:00:00Z, ok",
    "CO, 2024-03-01T00:00:00Z, co_hours"
  })
  void theClockIsTheDebtors(String place, String time, String expected) {
    assertThat(judge(DEBTORS.get(place), "K " + time + " call no_answer"))
        .containsExactly("K " + expected);
  }

  @Test
  void theDebtorsZoneDecidesNotItsCountrys() {
    Debtor tijuana = Judged.consumer("MX", "America/Tijuana");
    assertThat(judge(tijuana, "K 2024-06-07T07:30:00-06:00 call no_answer"))
        .containsExactly("K mx_hours");
  }

  @Test
  void consentLiftsHoursDaysAndHolidays() {
    assertThat(
            judge(
                CO,
                "K1 2024-01-01T23:00:00-05:00 call no_answer consent",
                "K2 2024-06-09T12:00:00-05:00 call no_answer consent",
                "K3 2030-06-07T12:00:00-05:00 call no_answer consent"))
        .containsExactly("K1 ok", "K2 ok", "K3 ok");
  }

  @Test
  void consentIsOfTheContactThatCarriesIt() {
    assertThat(
            judge(
                CO,
                "K1 2024-06-09T12:00:00-05:00 call no_answer consent",
                "K2 2024-06-09T13:00:00-05:00 call no_answer"))
        .containsExactly("K1 ok", "K2 co_hours");
  }

  @Test
  void holidaysOfAnotherCountryOrYearSayNothing() {
    Holidays known = holidays("CO 2025-12-25", "US 2026-01-01");
    ContactRules rules = ContactRules.load();
    assertThat(
            judge(
                rules,
                known,
                List.of(CO),
                "K1 2025-12-24T12:00:00-05:00 call no_answer",
                "K2 2025-12-25T12:00:00-05:00 call no_answer",
                // Wednesday 31 December, and the first minute of a year that nobody listed
                "K3 2025-12-31T18:59:00-05:00 call no_answer",
                "K4 2026-01-02T12:00:00-05:00 call no_answer"))
        .containsExactly("K1 ok", "K2 co_hours", "K3 ok", "K4 lacks holidays");
  }

  @Test
  void aWrongHourIsWrongWhetherOrNotItIsAHoliday() {
    assertThat(judge(CO, "K 2030-06-07T05:00:00-05:00 call no_answer"))
        .containsExactly("K co_hours");
  }

  @Test
  void holidaysAreNotAskedForWhereTheyDoNotMatter() {
    assertThat(judge(MX, "K 2030-06-07T12:00:00-06:00 call no_answer")).containsExactly("K ok");
    assertThat(judge(PE, "K 2030-06-07T12:00:00-05:00 sms delivered")).containsExactly("K ok");
  }
}
