package io.recupero.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.compliance.ContactJudge;
import io.recupero.compliance.ContactRules;
import io.recupero.compliance.Holidays;
import io.recupero.contract.Contracts;
import io.recupero.segment.Treatment;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

@DisplayName("Whom to contact next")
class NextContactTest {

  /** A Friday. */
  private static final LocalDate TODAY = LocalDate.of(2024, 3, 22);

  private static final ZoneId ZONE = ZoneId.of("America/Bogota");
  private static final StructType DOCUMENT =
      StructType.fromDDL(
          "due_date DATE, invoice_id STRING, currency STRING, open_amount DECIMAL(18,4),"
              + " days_past_due INT, late_probability DOUBLE, pay_30_probability DOUBLE,"
              + " is_disputed BOOLEAN, promised_on DATE");
  private static final StructType CONTACT =
      StructType.fromDDL(
          "micros BIGINT, contact_id STRING, channel STRING, outbound BOOLEAN, outcome STRING,"
              + " invoice_id STRING, consent BOOLEAN");
  private static final StructType ROWS =
      StructType.fromDDL(
          "valid_from STRING, country STRING, region STRING, person_type STRING, timezone STRING");
  private static final StructType CUSTOMER =
      StructType.fromDDL(
          "customer_id STRING, documents ARRAY<INT>, segment STRING, best_hour INT,"
              + " broken_promise_streak BIGINT, contacts ARRAY<INT>, rows ARRAY<INT>");
  private static final List<String> COLUMNS = Contracts.load().contract(Worklist.TABLE).names();

  private final List<Object> documents = new ArrayList<>();
  private final List<Object> contacts = new ArrayList<>();
  private Object[] attributes = {null, "CO", null, "consumer", "America/Bogota"};
  private Integer bestHour;
  private List<String> channels = List.of("call", "email");

  @DisplayName(
      "on a Saturday within the hours of that day: a call at 17 waits for a permitted hour")
  @Test
  void hoursOfTheDayAreKept() {
    document("F1", 10, false, null);
    bestHour = 17;
    assertThat(said("status", "channel", "contact_on", "contact_time", "verdict"))
        .isEqualTo("contact call 2024-03-23 14:00 ok");
    assertThat(said("open_amount", "expected_recovery_amount")).isEqualTo("100.0000 40.0000");
  }

  @DisplayName("not on Sunday, nor on the holiday after it, nor by another channel in that week")
  @Test
  void whatTheRulesForbidIsNotProposed() {
    document("F1", 10, false, null);
    // Spoken to on Friday: a second channel in that week is forbidden, and Monday is a holiday.
    contact("2024-03-22T15:00:00Z", "call", "right_party");
    channels = List.of("email");
    assertThat(said("status", "channel", "contact_on", "verdict"))
        .isEqualTo("contact email 2024-03-26 ok");
  }

  @DisplayName("not where nothing in the week to come is permitted")
  @Test
  void aWeekWithoutAPermittedMomentIsSaid() {
    document("F1", 10, false, null);
    attributes = new Object[] {null, "US", null, "consumer", "America/New_York"};
    channels = List.of("call");
    // Seven days after a conversation, its own day the first: from Friday to Thursday.
    contact("2024-03-22T15:00:00Z", "call", "right_party", "F1");
    assertThat(said("status", "contact_on")).isEqualTo("contact 2024-03-29");
    contact("2024-03-22T23:30:00Z", "call", "right_party", "F1");
    contact("2024-03-23T15:00:00Z", "call", "right_party", "F1");
    assertThat(said("status", "channel", "contact_at")).isEqualTo("not_permitted null null");
  }

  @DisplayName("not where a promise is pending or a dispute is open, and the rest all the same")
  @Test
  void promisesAndDisputesAreLetBe() {
    document("F1", 10, false, "2024-03-25");
    assertThat(said("status", "channel")).isEqualTo("promised null");
    document("F2", 12, true, null);
    assertThat(said("status", "documents")).isEqualTo("promised 2");
    document("F3", 5, false, "2024-03-18");
    assertThat(said("status", "documents", "days_past_due")).isEqualTo("contact 1 5");
  }

  @DisplayName(
      "not where a fact about the debtor is missing; of a business the user's counsel decides")
  @Test
  void whatCannotBeJudgedIsNotCalledPermitted() {
    document("F1", 10, false, null);
    attributes = new Object[] {null, "CO", null, "consumer", null};
    assertThat(said("status", "missing", "channel")).isEqualTo("cannot_judge timezone null");
    attributes = new Object[] {null, "CO", null, "business", "America/Bogota"};
    assertThat(said("status", "verdict", "missing", "contact_on", "contact_time"))
        .isEqualTo("contact undeterminable business_debtor 2024-03-25 10:00");
    contact("2024-03-21T15:00:00Z", "email", "read");
    assertThat(said("status", "verdict", "contact_on"))
        .isEqualTo("contact undeterminable 2024-03-28");
  }

  @DisplayName("not before the treatment's first contact day")
  @Test
  void theTreatmentDecidesWhen() {
    document("F1", -9, false, null);
    assertThat(said("status", "documents")).isEqualTo("null null");
  }

  private void document(String id, int daysPastDue, boolean disputed, String promised) {
    documents.add(
        new GenericRowWithSchema(
            new Object[] {
              java.sql.Date.valueOf(TODAY.minusDays(daysPastDue)),
              id,
              "COP",
              new BigDecimal("100.0000"),
              daysPastDue,
              0.7,
              0.4,
              disputed,
              promised == null ? null : java.sql.Date.valueOf(promised)
            },
            DOCUMENT));
  }

  private void contact(String at, String channel, String outcome) {
    contact(at, channel, outcome, null);
  }

  private void contact(String at, String channel, String outcome, String invoice) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(at));
    contacts.add(
        new GenericRowWithSchema(
            new Object[] {micros, "K" + contacts.size(), channel, true, outcome, invoice, null},
            CONTACT));
  }

  private String said(String... columns) {
    Treatment treatment =
        new Treatment(
            Optional.of("early"),
            channels,
            Optional.empty(),
            Optional.of(-3),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ContactJudge judge =
        new ContactJudge(
            ContactRules.load(),
            Holidays.of(Map.of("CO", List.of(LocalDate.of(2024, 3, 25)))),
            ZONE);
    Row customer =
        new GenericRowWithSchema(
            new Object[] {
              "C1",
              seq(documents),
              "any",
              bestHour,
              0L,
              seq(contacts),
              seq(List.of(new GenericRowWithSchema(attributes, ROWS)))
            },
            CUSTOMER);
    Row row = new NextContact(TODAY, ZONE, Map.of("any", treatment), judge).of(customer);
    List<String> said = new ArrayList<>();
    for (String column : columns) {
      said.add(String.valueOf(row.get(COLUMNS.indexOf(column))));
    }
    return String.join(" ", said);
  }

  private static Object seq(List<?> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
