package io.recupero.mart;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.kpi.KpiRow;
import io.recupero.oracle.ProductLake;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The work of collecting where it is hard: what the worked examples have no case of, worked by
 * hand. A story is one customer, and its segment has the customer's name.
 */
class WorkCasesTest {

  private static final String ZONE = "America/Santiago";
  private static final LocalDate LAST_DAY = LocalDate.parse("2024-06-30");

  /** Story, the story's other group ({@code *}: not asked for), date, figure, and its parts. */
  private static final String PROMISES =
      """
      # 60 on the 5th and 40 on the 8th keep it on the 14th; on the 20th the 40 bounce: 60 of 100
      ptp_bounces        USD 2024-03-13 ptp_kept_rate    -         -    -
      ptp_bounces        USD 2024-03-14 ptp_kept_rate    100       1    1
      ptp_bounces        USD 2024-03-14 ptp_kept_amount  100       100  100
      ptp_bounces        USD 2024-03-20 ptp_kept_rate    0         0    1
      ptp_bounces        USD 2024-03-31 ptp_kept_amount  60        60   100
      # It bounces in April: March is as it was, April has nothing to judge
      ptp_bounces_later  USD 2024-03-31 ptp_kept_rate    100       1    1
      ptp_bounces_later  USD 2024-04-30 ptp_kept_rate    -         -    -
      # 100 for two of 60: the one due on the 10th (made last) takes 60, that due on the 12th 40
      ptp_shared         USD 2024-03-14 ptp_kept_amount  100       60   60
      ptp_shared         USD 2024-03-16 ptp_kept_rate    50        1    2
      ptp_shared         USD 2024-03-16 ptp_kept_amount  83.333333 100  120
      # The 100 were applied to the other invoice: they keep the promise without invoice only
      ptp_invoice        USD 2024-03-31 ptp_kept_rate    50        1    2
      ptp_invoice        USD 2024-03-31 ptp_kept_amount  50        100  200
      # The same 100 serve the promise due on the 9th, so none are left for that of their invoice
      ptp_one_unit       USD 2024-03-31 ptp_kept_amount  50        100  200
      # Paid on the 5th, applied on the 12th: with an invoice the application counts, a day too late
      ptp_applied_late   USD 2024-03-31 ptp_kept_amount  0         0    100
      # Cancelled on the 16th, two days after it was judged: broken until then, and then no promise
      ptp_cancelled      USD 2024-03-15 ptp_kept_rate    0         0    1
      ptp_cancelled      USD 2024-03-16 ptp_kept_rate    -         -    -
      # 95 of 100 are just enough, 94.99 are not
      ptp_95             USD 2024-03-31 ptp_kept_rate    100       1    1
      ptp_95             USD 2024-03-31 ptp_kept_amount  95        95   100
      ptp_9499           USD 2024-03-31 ptp_kept_rate    0         0    1
      # Due on the 10th: the 13th is the last day of grace, the 14th is after it
      ptp_day_3          USD 2024-03-31 ptp_kept_rate    100       1    1
      ptp_day_4          USD 2024-03-31 ptp_kept_amount  0         0    100
      # Cash of the eve of a promise is none for it
      ptp_eve            USD 2024-03-31 ptp_kept_amount  0         0    100
      # 100 of the parent pay the subsidiary's invoice: within a customer no unit serves twice, but
      # the parent's promise is of its payments, the subsidiary's of what its invoice was paid
      ptp_parent         USD 2024-03-31 ptp_kept_rate    100       1    1
      ptp_subsidiary     USD 2024-03-31 ptp_kept_rate    100       1    1
      # Withheld is paid, but it is no cash that keeps a promise
      ptp_withheld       USD 2024-03-31 ptp_kept_amount  0         0    100
      # Two promises; the payment that kept the first bounces, and what kept the second moves up to it
      ptp_moves_up       USD 2024-03-19 ptp_kept_rate    100       2    2
      ptp_moves_up       USD 2024-03-20 ptp_kept_rate    50        1    2
      # 1 UF promised of an invoice in UF, half of it paid with 18,000 pesos: 0.5 of 1
      ptp_uf             CLF 2024-03-31 ptp_kept_amount  50        0.5  1
      """;

  private static final String CONTACTS =
      """
      # Four outbound: nobody, a wrong number, a third party, the debtor; the debtor's own call is none
      reach              *   2024-03-31 contact_rate     75        3    4
      reach              *   2024-03-31 rpc_rate         25        1    4
      # The inbound call is rated too: (5 + 2) / 2. Its promise counts, so 2 promises per contact
      reach              *   2024-03-31 call_quality     3.5       7    2
      reach              *   2024-03-31 ptp_rate         200       2    1
      # Half past eleven at night on 31 March in Santiago is 1 April in London
      midnight           *   2024-03-31 contact_rate     0         0    1
      midnight           *   2024-04-30 contact_rate     -         -    -
      # 100 came two days after the contact, and bounce in the same month: nothing is left of them
      credit_bounces     USD 2024-03-19 recovered_per_contact 100  100  1
      credit_bounces     USD 2024-03-20 recovered_per_contact 0    0    1
      # Taken back a month later: taken from that contact, though April has none
      credit_later       USD 2024-03-31 recovered_per_contact 100  100  1
      credit_later       USD 2024-04-30 recovered_per_contact -    -100 0
      # 40 on day 7 are credited, 60 on day 8 are not; 1,800 seconds, so 80 an hour
      credit_days        USD 2024-03-31 recovered_per_contact 40   40   1
      credit_days        USD 2024-03-31 recovered_per_hour    80   40   0.5
      # Two contacts and the cash on one day: credited once, 100 / 2
      credit_same_day    USD 2024-03-31 recovered_per_contact 50   100  2
      # Paid before it was overdue: never credited, so nothing to take back when it bounces
      credit_on_time     USD 2024-03-24 recovered_per_contact 0    0    1
      credit_on_time     USD 2024-03-31 recovered_per_contact 0    0    1
      # One payment: 40 on time, 60 a day late and credited; when it bounces, only these are taken back
      credit_in_parts    USD 2024-03-24 recovered_per_contact 60   60   1
      credit_in_parts    USD 2024-03-31 recovered_per_contact 0    0    1
      # Contact on the 5th: paid on the 12th is day 7, on the 13th is day 8
      resolved_7         *   2024-03-11 first_contact_resolution - -    -
      resolved_7         *   2024-03-12 first_contact_resolution 100 1  1
      resolved_8         *   2024-03-31 first_contact_resolution 0 0    1
      # The debtor pays on the day of the call: overdue that morning, so the call was in the spell
      resolved_same_day  *   2024-03-31 first_contact_resolution 100 1 1
      # No cash at all: forgiven is not resolved
      resolved_credit    *   2024-03-31 first_contact_resolution 0 0    1
      # It bounces on the 14th, after it was judged: a spell of its own begins
      resolved_bounces   *   2024-03-31 first_contact_resolution 100 1 1
      # The contact of the eve, when nothing was overdue, is of no spell
      resolved_eve       *   2024-03-31 first_contact_resolution - - -
      # Two invoices, one paid by the 12th: the customer is still overdue
      resolved_half      *   2024-03-31 first_contact_resolution 0 0    1
      # Only the first contact of a spell counts; the second, whose seven days suffice, does not
      resolved_second    *   2024-03-31 first_contact_resolution 0 0    1
      # The invoice is in dollars, what the contacts cost in pesos; the inbound one costs too
      cost               USD 2024-03-31 cost_to_collect  0         0    100
      cost               CLP 2024-03-31 cost_to_collect  -         800  0
      # An answer without nps is none for nps
      survey             *   2024-03-31 csat             50        1    2
      survey             *   2024-03-31 nps              100       1    1
      # No reason until the 5th; 40 of 100 come on the 10th; on the 15th the reason is another
      reason             USD 2024-03-04 delay_reason_financial -   -    -
      reason             USD 2024-03-05 delay_reason_financial 100 100  100
      reason             USD 2024-03-14 delay_reason_financial 100 60   60
      reason             USD 2024-03-14 recovery_rate_by_reason 40 40   100
      reason             USD 2024-03-15 delay_reason_financial 0   0    60
      reason             USD 2024-03-15 delay_reason_forgot    100 60   60
      reason             USD 2024-03-15 recovery_rate_by_reason 40 40   100
      """;

  private static final String ENDINGS =
      """
      # 70 of 100 are open and all disputed from the 10th on; closed on the 20th is closed
      dispute_whole      USD 2024-03-09 dispute_rate     0         0    70
      dispute_whole      USD 2024-03-10 dispute_rate     100       70   70
      dispute_whole      USD 2024-03-20 dispute_rate     0         0    70
      dispute_whole      *   2024-03-19 dispute_days     -         .    .
      dispute_whole      *   2024-03-20 dispute_days     10        .    .
      # 60 and 70 of 100 are 100, not 130; when the 60 are settled the 70 remain
      dispute_two        USD 2024-03-05 dispute_rate     60        60   100
      dispute_two        USD 2024-03-06 dispute_rate     100       100  100
      dispute_two        USD 2024-03-15 dispute_rate     70        70   100
      # One ended after 10 days, the other is open for 25: half by day 10, three quarters never
      dispute_two        *   2024-03-31 dispute_days     10        .    .
      dispute_two        *   2024-03-31 dispute_days_p75 -         .    .
      # Nothing overdue any more, but by a credit note alone
      cure_credit        *   2024-03-31 cure_rate        0         0    1
      # 50 cash and 50 credit: exactly half is no cure; 51 and 49 is one
      cure_half          *   2024-03-31 cure_rate        0         0    1
      cure_more          *   2024-03-31 cure_rate        100       1    1
      # 40 cash and 20 withheld are 60 of 100
      cure_withheld      *   2024-03-31 cure_rate        100       1    1
      # 100,000 pesos in cash, 100 dollars credited: 90,000 pesos on the 10th, 110,000 on the 15th
      cure_rates         *   2024-03-09 cure_rate        0         0    1
      cure_rates         *   2024-03-10 cure_rate        100       1    1
      cure_rates         *   2024-03-15 cure_rate        0         0    1
      # ... and the verdict is of all that the customer owed, in each of its cells
      cure_rates         USD 2024-03-10 cure_rate        100       1    1
      cure_rates         CLP 2024-03-15 cure_rate        0         0    1
      # No rate of the sol: pesos in cash cannot make up for soles credited ...
      cure_no_rate       *   2024-03-31 cure_rate        0         0    1
      # ... but where each is cured by itself (60 of 100), the rate does not matter
      cure_each          *   2024-03-31 cure_rate        100       1    1
      # Cured on the 10th; on the 20th another invoice falls due, and the customer is overdue again
      cure_undone        *   2024-03-10 cure_rate        100       1    1
      cure_undone        *   2024-03-21 cure_rate        0         0    1
      # Cured in January; 30 April is day 90 after its close. It bounces on that day, 138 days late
      again_90           *   2024-04-29 redefault_rate   -         -    -
      again_90           *   2024-04-30 redefault_rate   100       1    1
      again_90           *   2024-04-30 redefault_rate_30 100      1    1
      # It bounces on day 91: none, then and later (until 29 May, when February is looked at)
      again_91           *   2024-04-30 redefault_rate   0         0    1
      again_91           *   2024-05-28 redefault_rate   0         0    1
      again_91           *   2024-05-29 redefault_rate   -         -    -
      # A new invoice due on 29 April is overdue on day 90, but not more than 30 days
      again_new          *   2024-05-15 redefault_rate   100       1    1
      again_new          *   2024-05-15 redefault_rate_30 0        0    1
      # Due on the 10th: the 13th is the last day and the one on which it is judged
      plan_day_3         *   2024-03-12 plan_adherence   -         -    -
      plan_day_3         *   2024-03-13 plan_adherence   100       1    1
      plan_day_4         *   2024-03-31 plan_adherence   0         0    1
      plan_credit        *   2024-03-31 plan_adherence   0         0    1
      # Paid on the 9th; it bounces on the 12th, so it is open on the 13th ...
      plan_reopened      *   2024-03-31 plan_adherence   0         0    1
      # ... or on the 20th: it was kept when it was judged
      plan_bounces_later *   2024-03-20 plan_adherence   100       1    1
      """;

  /** One customer, in segment move_a until 19 March and in move_b from the 20th on. */
  private static final String MOVES =
      """
      move_a             USD 2024-03-19 contact_rate     100       1    1
      move_a             USD 2024-03-19 recovered_per_contact 100  100  1
      move_a             USD 2024-03-19 ptp_kept_rate    100       1    1
      move_a             USD 2024-03-19 dispute_rate     50        10   20
      move_a             *   2024-03-19 csat             100       1    1
      move_a             *   2024-03-19 cure_rate        100       1    1
      move_a             *   2024-03-19 first_contact_resolution 100 1  1
      move_a             USD 2024-03-20 contact_rate     -         -    -
      move_a             USD 2024-03-20 recovered_per_contact -    -    -
      move_a             USD 2024-03-20 ptp_kept_rate    -         -    -
      move_a             USD 2024-03-20 dispute_rate     -         -    -
      move_a             *   2024-03-20 csat             -         -    -
      move_a             *   2024-03-20 cure_rate        -         -    -
      move_b             USD 2024-03-20 contact_rate     100       1    1
      move_b             USD 2024-03-20 recovered_per_contact 100  100  1
      move_b             USD 2024-03-20 ptp_kept_rate    100       1    1
      move_b             USD 2024-03-20 dispute_rate     50        10   20
      move_b             *   2024-03-20 csat             100       1    1
      move_b             *   2024-03-20 cure_rate        100       1    1
      move_b             *   2024-03-20 first_contact_resolution 100 1  1
      """;

  @TempDir static Path folder;

  private static ProductLake lake;

  @BeforeAll
  static void run() throws IOException {
    Path input = Files.createDirectories(folder.resolve("input"));
    write(input);
    lake = run("lake", input);
  }

  @Test
  void promises() {
    assertThat(differences(PROMISES)).isEmpty();
  }

  @Test
  void contactsAndWhatTheyBring() {
    assertThat(differences(CONTACTS)).isEmpty();
  }

  @Test
  void disputesCuresAndAgreements() {
    assertThat(differences(ENDINGS)).isEmpty();
  }

  @Test
  void aCustomerTakesAllItsFiguresAlongToAnotherSegment() {
    assertThat(differences(MOVES)).isEmpty();
  }

  @Test
  void cashIsCreditedToTheLastContactOfTheDay() {
    assertThat(parts("recovered_per_contact", "agent_id", "credit_same_day"))
        .containsExactlyInAnyOrder("A1: 0 / 1", "A2: 100 / 1");
  }

  /** Half past ten on a Tuesday night in Santiago is half past seven in Mexico. */
  @Test
  void aContactIsGroupedByWhatTheDebtorSawAndWasThen() {
    Map<String, String> keys =
        Map.of(
            "channel", "whatsapp",
            "agent_id", "A1",
            "team", "norte",
            "agency", "Cobra",
            "desk", "agency",
            "hour", "19",
            "weekday", "2",
            "arm", "soft",
            "stage", "early");
    Map<String, String> found = new HashMap<>();
    keys.keySet()
        .forEach(key -> parts("rpc_rate", key, "keys").forEach(line -> found.put(key, line)));
    found.replaceAll((key, line) -> line.replace(": 1 / 1", ""));
    assertThat(found).isEqualTo(keys);
    assertThat(parts("rpc_rate", "debt_age", "keys"))
        .as("due on 3 March: one day late on the eve")
        .containsExactly("1-30: 1 / 1");
    assertThat(parts("rpc_rate", "preferred", "keys")).containsExactly("yes: 1 / 1");
  }

  @Test
  void whatCameBeforeTheReasonChangedMovesToTheLastOne() {
    assertThat(parts("recovery_rate_by_reason", "delay_reason", "reason"))
        .containsExactly("forgot: 40 / 100");
  }

  @DisplayName("a file that was never delivered gives no figure, an empty one zeros")
  @Test
  void missingAndEmpty() throws IOException {
    Path input = Files.createDirectories(folder.resolve("little"));
    file(input, "invoices", INVOICES, "X1,X,2024-01-01,2024-02-01,100,USD,,");
    Set<String> there = Set.of("promises", "surveys", "payments");
    for (String table : there) {
      file(input, table, HEADERS.get(table));
    }
    Map<String, Set<String>> needs =
        Map.of(
            "contact_rate", Set.of("contacts"),
            "recovered_per_contact", Set.of("contacts", "payments"),
            "first_contact_resolution", Set.of("contacts", "payments"),
            "delay_reason_forgot", Set.of("contacts"),
            "ptp_rate", Set.of("contacts", "promises"),
            "ptp_kept_amount", Set.of("promises", "payments"),
            "write_off_rate", Set.of("adjustments"),
            "recovery_rate", Set.of("payments"),
            "csat", Set.of("surveys"),
            "dispute_rate", Set.of("disputes"));
    List<String> wrong = new ArrayList<>();
    for (KpiRow row :
        run("lake of little", input)
            .kpi(needs.keySet(), List.of(LocalDate.parse("2024-03-31")), List.of(), "USD")) {
      Object expected = there.containsAll(needs.get(row.kpi())) ? BigDecimal.ZERO : null;
      boolean isRight =
          expected == null
              ? row.numerator() == null && row.denominator() == null && row.items() == null
              : row.numerator() != null && row.numerator().signum() == 0;
      if (!isRight) {
        wrong.add(row + " is not " + expected);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static ProductLake run(String name, Path input) {
    return ProductLake.run(
        folder.resolve(name),
        ZONE,
        LAST_DAY,
        Map.of("input", input.toString(), "segments", "given", "max_quarantined_share", "0"));
  }

  /** Returns the parts of one story's figure at the end of March, by a key of its mart. */
  private static List<String> parts(String kpi, String key, String story) {
    return lake
        .kpi(
            List.of(kpi),
            List.of(LocalDate.parse("2024-03-31")),
            List.of("segment", "currency", key),
            null)
        .stream()
        .filter(row -> story.equals(row.dimensions().get(0)))
        .map(
            row ->
                row.dimensions().get(2)
                    + ": "
                    + row.numerator().stripTrailingZeros().toPlainString()
                    + " / "
                    + row.denominator().stripTrailingZeros().toPlainString())
        .toList();
  }

  private static List<String> differences(String stories) {
    List<String[]> lines =
        stories
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.strip().split("\\s+"))
            .toList();
    Map<String, KpiRow> rows = new HashMap<>();
    ask(lines, "*", List.of("segment"), rows);
    ask(lines, "", List.of("segment", "currency"), rows);
    List<String> differences = new ArrayList<>();
    for (String[] line : lines) {
      String key = String.join(" ", Arrays.copyOf(line, 4));
      KpiRow row = rows.get(key);
      Object[] is =
          row == null
              ? new Object[3]
              : new Object[] {row.exactValue(), row.numerator(), row.denominator()};
      for (int i = 0; i < is.length; i++) {
        if (!agrees(line[4 + i], is[i])) {
          differences.add(key + ": " + row + " is not " + line[4 + i]);
        }
      }
    }
    return differences;
  }

  private static void ask(
      List<String[]> lines, String group, List<String> by, Map<String, KpiRow> rows) {
    List<String[]> asked =
        lines.stream().filter(line -> line[1].equals("*") == group.equals("*")).toList();
    Set<String> ids = asked.stream().map(line -> line[3]).collect(Collectors.toSet());
    Set<LocalDate> dates = new TreeSet<>();
    asked.forEach(line -> dates.add(LocalDate.parse(line[2])));
    if (ids.isEmpty()) {
      return;
    }
    for (KpiRow row : lake.kpi(ids, List.copyOf(dates), by, null)) {
      String second = by.size() == 1 ? "*" : row.dimensions().get(1);
      rows.put(
          String.join(" ", row.dimensions().get(0), second, row.asOf().toString(), row.kpi()), row);
    }
  }

  private static boolean agrees(String expected, Object is) {
    return switch (expected) {
      case "." -> true;
      case "-" -> is == null;
      default ->
          is != null
              && new BigDecimal(is.toString())
                      .setScale(6, RoundingMode.HALF_UP)
                      .compareTo(new BigDecimal(expected))
                  == 0;
    };
  }

  private static final String INVOICES =
      "invoice_id,customer_id,issue_date,due_date,amount,currency,document_type,plan_id";

  private static final Map<String, String> HEADERS =
      Map.of(
          "contacts",
          "contact_id,customer_id,started_at,channel,direction,outcome,agent_id,invoice_id,"
              + "duration_s,call_rating,cost,currency,delay_reason",
          "promises",
          "promise_id,customer_id,made_on,due_on,amount,currency,contact_id,invoice_id,"
              + "cancelled_on",
          "payments",
          "payment_id,customer_id,paid_on,amount,currency",
          "surveys",
          "survey_id,customer_id,answered_on,csat,nps",
          "disputes",
          "dispute_id,invoice_id,opened_on,closed_on,amount");

  private static void write(Path input) throws IOException {
    String[] invoices = {
      "iv1,ptp_invoice,2024-02-01,2024-04-10,100,USD,,",
      "iv2,ptp_invoice,2024-02-01,2024-04-10,100,USD,,",
      "ou1,ptp_one_unit,2024-02-01,2024-04-10,100,USD,,",
      "al1,ptp_applied_late,2024-02-01,2024-04-10,100,USD,,",
      "uf1,ptp_uf,2024-02-01,2024-04-10,1,CLF,,",
      "sb1,ptp_subsidiary,2024-02-01,2024-04-10,100,USD,,",
      "pw1,ptp_withheld,2024-02-01,2024-04-10,100,USD,,",
      "rb1,resolved_bounces,2024-02-01,2024-03-01,100,USD,,",
      "rv1,resolved_eve,2024-02-01,2024-03-01,100,USD,,",
      "cu1,cure_undone,2024-01-01,2024-02-15,100,USD,,",
      "cu2,cure_undone,2024-03-01,2024-03-20,100,USD,,",
      "re1,reach,2024-02-01,2024-06-10,100,USD,,",
      "mi1,midnight,2024-02-01,2024-06-10,100,USD,,",
      "cb1,credit_bounces,2024-01-01,2024-02-15,100,USD,,",
      "cl1,credit_later,2024-01-01,2024-02-15,100,USD,,",
      "cd1,credit_days,2024-01-01,2024-02-15,100,USD,,",
      "cs1,credit_same_day,2024-01-01,2024-02-15,100,USD,,",
      "co1,credit_on_time,2024-02-01,2024-03-20,100,USD,,",
      "ci1,credit_in_parts,2024-02-01,2024-03-20,100,USD,,",
      "rd1,resolved_same_day,2024-02-01,2024-03-01,100,USD,,",
      "r71,resolved_7,2024-02-01,2024-03-01,100,USD,,",
      "r81,resolved_8,2024-02-01,2024-03-01,100,USD,,",
      "rc1,resolved_credit,2024-02-01,2024-03-01,100,USD,,",
      "rh1,resolved_half,2024-02-01,2024-03-01,100,USD,,",
      "rh2,resolved_half,2024-02-01,2024-03-01,100,USD,,",
      "rs1,resolved_second,2024-02-01,2024-03-01,100,USD,,",
      "ct1,cost,2024-01-01,2024-02-10,100,USD,,",
      "rn1,reason,2024-01-01,2024-02-10,100,USD,,",
      "dw1,dispute_whole,2024-01-01,2024-02-10,100,USD,,",
      "dt1,dispute_two,2024-01-01,2024-02-10,100,USD,,",
      "cc1,cure_credit,2024-01-01,2024-02-15,100,USD,,",
      "ch1,cure_half,2024-01-01,2024-02-15,100,USD,,",
      "cm1,cure_more,2024-01-01,2024-02-15,100,USD,,",
      "cw1,cure_withheld,2024-01-01,2024-02-15,100,USD,,",
      "cr1,cure_rates,2024-01-01,2024-02-15,100000,CLP,,",
      "cr2,cure_rates,2024-01-01,2024-02-15,100,USD,,",
      "cn1,cure_no_rate,2024-01-01,2024-02-15,100000,CLP,,",
      "cn2,cure_no_rate,2024-01-01,2024-02-15,100,PEN,,",
      "ce1,cure_each,2024-01-01,2024-02-15,100,CLP,,",
      "ce2,cure_each,2024-01-01,2024-02-15,100,PEN,,",
      "a90,again_90,2023-11-15,2023-12-15,100,USD,,",
      "a91,again_91,2023-11-15,2023-12-15,100,USD,,",
      "an1,again_new,2023-11-15,2023-12-15,100,USD,,",
      "an2,again_new,2024-03-29,2024-04-29,100,USD,,",
      "pa1,plan_day_3,2024-02-01,2024-03-10,100,USD,instalment,L1",
      "pb1,plan_day_4,2024-02-01,2024-03-10,100,USD,instalment,L2",
      "pc1,plan_credit,2024-02-01,2024-03-10,100,USD,instalment,L3",
      "pd1,plan_reopened,2024-02-01,2024-03-10,100,USD,instalment,L4",
      "pe1,plan_bounces_later,2024-02-01,2024-03-10,100,USD,instalment,L5",
      "ke1,keys,2024-02-01,2024-03-03,100,USD,,",
      "mv1,move,2024-01-01,2024-02-10,100,USD,,",
      "mv2,move,2024-03-01,2024-05-10,20,USD,,",
    };
    Set<String> stories = new TreeSet<>();
    for (String invoice : invoices) {
      stories.add(invoice.split(",")[1]);
    }
    stories.addAll(
        List.of(
            "ptp_bounces",
            "ptp_bounces_later",
            "ptp_shared",
            "ptp_cancelled",
            "ptp_95",
            "ptp_9499",
            "ptp_day_3",
            "ptp_day_4",
            "ptp_eve",
            "ptp_parent",
            "ptp_moves_up",
            "survey"));
    stories.removeAll(List.of("move", "keys"));
    List<String> customers =
        new ArrayList<>(
            List.of(
                "move,move_a,,,",
                "move,move_b,2024-03-20,,",
                "keys,keys,,America/Mexico_City,whatsapp"));
    stories.forEach(story -> customers.add(story + "," + story + ",,,"));
    file(
        input,
        "customers",
        "customer_id,segment,valid_from,timezone,preferred_channel",
        customers.toArray(String[]::new));
    file(input, "invoices", INVOICES, invoices);
    file(
        input,
        "plans",
        "plan_id,customer_id,agreed_on,status",
        "L1,plan_day_3,2024-02-01,active",
        "L2,plan_day_4,2024-02-01,active",
        "L3,plan_credit,2024-02-01,active",
        "L4,plan_reopened,2024-02-01,active",
        "L5,plan_bounces_later,2024-02-01,active");
    file(
        input,
        "payments",
        "payment_id,customer_id,paid_on,amount,currency,reverses_payment_id",
        "P1,ptp_bounces,2024-03-05,60,USD,",
        "P2,ptp_bounces,2024-03-08,40,USD,",
        "P3,ptp_bounces,2024-03-20,40,USD,P2",
        "P4,ptp_bounces_later,2024-03-09,100,USD,",
        "P5,ptp_bounces_later,2024-04-02,100,USD,P4",
        "P6,ptp_shared,2024-03-09,100,USD,",
        "P7,ptp_invoice,2024-03-05,100,USD,",
        "P8,ptp_one_unit,2024-03-05,100,USD,",
        "P9,ptp_applied_late,2024-03-05,100,USD,",
        "P10,ptp_95,2024-03-05,95,USD,",
        "P11,ptp_9499,2024-03-05,94.99,USD,",
        "P12,ptp_day_3,2024-03-13,100,USD,",
        "P13,ptp_day_4,2024-03-14,100,USD,",
        "P14,ptp_eve,2024-02-29,100,USD,",
        "P15,ptp_uf,2024-03-05,18000,CLP,",
        "P16,credit_bounces,2024-03-07,100,USD,",
        "P17,credit_bounces,2024-03-20,100,USD,P16",
        "P18,credit_later,2024-03-07,100,USD,",
        "P19,credit_later,2024-04-10,100,USD,P18",
        "P20,credit_days,2024-03-12,40,USD,",
        "P21,credit_days,2024-03-13,60,USD,",
        "P22,credit_same_day,2024-03-05,100,USD,",
        "P23,credit_on_time,2024-03-19,100,USD,",
        "P24,credit_on_time,2024-03-25,100,USD,P23",
        "P25,resolved_7,2024-03-12,100,USD,",
        "P26,resolved_8,2024-03-13,100,USD,",
        "P27,resolved_half,2024-03-12,100,USD,",
        "P28,resolved_second,2024-03-14,100,USD,",
        "P29,cost,2024-03-10,100,USD,",
        "P30,reason,2024-03-10,40,USD,",
        "P31,dispute_whole,2024-02-20,30,USD,",
        "P32,cure_half,2024-03-10,50,USD,",
        "P33,cure_more,2024-03-10,51,USD,",
        "P34,cure_withheld,2024-03-10,40,USD,",
        "P35,cure_rates,2024-03-10,100000,CLP,",
        "P36,cure_no_rate,2024-03-10,100000,CLP,",
        "P37,cure_each,2024-03-10,60,CLP,",
        "P38,cure_each,2024-03-10,60,PEN,",
        "P39,again_90,2024-01-20,100,USD,",
        "P40,again_90,2024-04-30,100,USD,P39",
        "P41,again_91,2024-01-20,100,USD,",
        "P42,again_91,2024-05-01,100,USD,P41",
        "P43,again_new,2024-01-20,100,USD,",
        "P44,plan_day_3,2024-03-13,100,USD,",
        "P45,plan_day_4,2024-03-14,100,USD,",
        "P46,plan_reopened,2024-03-09,100,USD,",
        "P47,plan_reopened,2024-03-12,100,USD,P46",
        "P48,plan_bounces_later,2024-03-09,100,USD,",
        "P49,plan_bounces_later,2024-03-20,100,USD,P48",
        "P50,move,2024-03-07,100,USD,",
        "P51,credit_in_parts,2024-03-19,100,USD,",
        "P52,credit_in_parts,2024-03-25,100,USD,P51",
        "P53,resolved_same_day,2024-03-05,100,USD,",
        "P54,ptp_parent,2024-03-05,100,USD,",
        "P55,ptp_moves_up,2024-03-05,100,USD,",
        "P56,ptp_moves_up,2024-03-08,100,USD,",
        "P57,ptp_moves_up,2024-03-20,100,USD,P55",
        "P58,resolved_bounces,2024-03-10,100,USD,",
        "P59,resolved_bounces,2024-03-14,100,USD,P58",
        "P60,cure_undone,2024-03-10,100,USD,",
        "P61,resolved_eve,2024-03-05,100,USD,");
    file(
        input,
        "payment_applications",
        "payment_id,invoice_id,applied_on,amount,payment_amount",
        "P7,iv2,,100,",
        "P54,sb1,,100,",
        "P8,ou1,,100,",
        "P9,al1,2024-03-12,100,",
        "P15,uf1,,0.5,18000",
        "P50,mv1,,100,",
        "P51,ci1,2024-03-19,40,",
        "P51,ci1,2024-03-21,60,");
    file(
        input,
        "adjustments",
        "adjustment_id,invoice_id,kind,effective_on,amount",
        "J12,pw1,withholding,2024-03-05,100",
        "J1,rc1,credit_note,2024-03-07,100",
        "J2,cc1,credit_note,2024-03-10,100",
        "J3,ch1,credit_note,2024-03-10,50",
        "J4,cm1,credit_note,2024-03-10,49",
        "J5,cw1,withholding,2024-03-10,20",
        "J6,cw1,credit_note,2024-03-10,40",
        "J7,cr2,credit_note,2024-03-10,100",
        "J8,cn2,credit_note,2024-03-10,100",
        "J9,ce1,credit_note,2024-03-10,40",
        "J10,ce2,credit_note,2024-03-10,40",
        "J11,pc1,credit_note,2024-03-12,100");
    file(
        input,
        "fx_rates",
        "rate_date,from_currency,to_currency,rate",
        "2024-03-01,USD,CLP,900",
        "2024-03-15,USD,CLP,1100");
    file(
        input,
        "promises",
        HEADERS.get("promises"),
        "S1,ptp_bounces,2024-03-01,2024-03-10,100,USD,,,",
        "S2,ptp_bounces_later,2024-03-01,2024-03-10,100,USD,,,",
        "S3,ptp_shared,2024-03-01,2024-03-12,60,USD,,,",
        "S4,ptp_shared,2024-03-02,2024-03-10,60,USD,,,",
        "S5,ptp_invoice,2024-03-01,2024-03-10,100,USD,,iv1,",
        "S6,ptp_invoice,2024-03-01,2024-03-10,100,USD,,,",
        "S7,ptp_one_unit,2024-03-01,2024-03-09,100,USD,,,",
        "S8,ptp_one_unit,2024-03-01,2024-03-10,100,USD,,ou1,",
        "S9,ptp_applied_late,2024-03-01,2024-03-08,100,USD,,al1,",
        "S10,ptp_cancelled,2024-03-01,2024-03-10,100,USD,,,2024-03-16",
        "S11,ptp_95,2024-03-01,2024-03-10,100,USD,,,",
        "S12,ptp_9499,2024-03-01,2024-03-10,100,USD,,,",
        "S13,ptp_day_3,2024-03-01,2024-03-10,100,USD,,,",
        "S14,ptp_day_4,2024-03-01,2024-03-10,100,USD,,,",
        "S15,ptp_eve,2024-03-01,2024-03-10,100,USD,,,",
        "S16,ptp_uf,2024-03-01,2024-03-10,1,CLF,,uf1,",
        "S17,reach,2024-03-05,2024-03-10,100,USD,K4,,",
        "S18,reach,2024-03-06,2024-03-10,100,USD,K5,,",
        "S20,ptp_parent,2024-03-01,2024-03-10,100,USD,,,",
        "S21,ptp_subsidiary,2024-03-01,2024-03-10,100,USD,,sb1,",
        "S22,ptp_withheld,2024-03-01,2024-03-10,100,USD,,pw1,",
        "S23,ptp_moves_up,2024-03-01,2024-03-07,100,USD,,,",
        "S24,ptp_moves_up,2024-03-01,2024-03-10,100,USD,,,",
        "S19,move,2024-03-05,2024-03-10,100,USD,,,");
    file(
        input,
        "contacts",
        HEADERS.get("contacts"),
        "K1,reach,2024-03-05T10:00:00-03:00,call,,no_answer,,re1,,,,,",
        "K2,reach,2024-03-05T11:00:00-03:00,call,,wrong_number,,re1,,,,,",
        "K3,reach,2024-03-05T12:00:00-03:00,call,,third_party,,re1,,,,,",
        "K4,reach,2024-03-05T13:00:00-03:00,call,outbound,promise,,re1,60,5,,,",
        "K5,reach,2024-03-06T13:00:00-03:00,call,inbound,promise,,re1,60,2,,,",
        "K6,midnight,2024-04-01T02:30:00Z,call,,no_answer,,mi1,,,,,",
        "K7,credit_bounces,2024-03-05T10:00:00-03:00,call,,right_party,,cb1,,,,,",
        "K8,credit_later,2024-03-05T10:00:00-03:00,call,,right_party,,cl1,,,,,",
        "K9,credit_days,2024-03-05T10:00:00-03:00,call,,right_party,,cd1,1800,,,,",
        "K10,credit_same_day,2024-03-05T10:00:00-03:00,call,,right_party,A1,cs1,,,,,",
        "K11,credit_same_day,2024-03-05T15:00:00-03:00,call,,right_party,A2,cs1,,,,,",
        "K12,credit_on_time,2024-03-18T10:00:00-03:00,call,,right_party,,co1,,,,,",
        "K13,resolved_7,2024-03-05T10:00:00-03:00,call,,right_party,,r71,,,,,",
        "K14,resolved_8,2024-03-05T10:00:00-03:00,call,,right_party,,r81,,,,,",
        "K15,resolved_credit,2024-03-05T10:00:00-03:00,call,,right_party,,rc1,,,,,",
        "K16,resolved_half,2024-03-05T10:00:00-03:00,call,,right_party,,rh1,,,,,",
        "K17,resolved_second,2024-03-05T10:00:00-03:00,call,,right_party,,rs1,,,,,",
        "K18,resolved_second,2024-03-10T10:00:00-03:00,call,,right_party,,rs1,,,,,",
        "K19,cost,2024-03-05T10:00:00-03:00,call,,no_answer,,ct1,,,500,CLP,",
        "K20,cost,2024-03-06T10:00:00-03:00,call,inbound,right_party,,ct1,,,300,CLP,",
        "K21,reason,2024-03-05T10:00:00-03:00,call,,right_party,,rn1,,,,,financial",
        "K22,reason,2024-03-15T10:00:00-03:00,call,inbound,right_party,,rn1,,,,,forgot",
        "K23,move,2024-03-05T10:00:00-03:00,call,,right_party,,mv1,,,,,",
        "K26,resolved_bounces,2024-03-05T10:00:00-03:00,call,,right_party,,rb1,,,,,",
        "K27,resolved_eve,2024-03-01T10:00:00-03:00,call,,right_party,,rv1,,,,,",
        "K28,keys,2024-03-05T22:30:00-03:00,whatsapp,,right_party,A1,ke1,,,,,",
        "K24,credit_in_parts,2024-03-18T10:00:00-03:00,call,,right_party,,ci1,,,,,",
        "K25,resolved_same_day,2024-03-05T10:00:00-03:00,call,,right_party,,rd1,,,,,");
    file(input, "agents", "agent_id,name,team,agency", "A1,Ana,norte,Cobra", "A2,Luis,,");
    file(
        input,
        "strategies",
        "strategy_id,customer_id,arm,assigned_on",
        "T1,keys,soft,2024-03-01",
        "T2,keys,hard,2024-03-06");
    file(
        input,
        "stages",
        "customer_id,stage,entered_on",
        "keys,preventive,2024-02-01",
        "keys,early,2024-03-05",
        "keys,negotiation,2024-03-06");
    file(
        input,
        "disputes",
        HEADERS.get("disputes"),
        "D1,dw1,2024-03-10,2024-03-20,",
        "D2,dt1,2024-03-05,2024-03-15,60",
        "D3,dt1,2024-03-06,,70",
        "D4,mv2,2024-03-10,,10");
    file(
        input,
        "surveys",
        HEADERS.get("surveys"),
        "E1,survey,2024-03-10,5,",
        "E2,survey,2024-03-11,2,10",
        "E3,move,2024-03-10,4,9");
  }

  private static void file(Path input, String table, String header, String... records)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(List.of(records));
    Files.write(input.resolve(table + ".csv"), lines);
  }
}
