package io.recupero.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Exits;
import io.recupero.kpi.Incidence;
import io.recupero.ledger.PlainSilver;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a strategy changes, against control")
class StrategyEffectTest {

  private static final ZoneId ZONE = ZoneId.of("America/Santiago");
  private static final String INVOICES =
      "invoice_id,customer_id,issue_date,due_date,amount,currency,document_type,portfolio_id,"
          + "debt_type,plan_id,discount_until,discount_amount";
  private static final String PAYMENTS =
      "payment_id,customer_id,paid_on,amount,currency,reverses_payment_id";
  private static final String ADJUSTMENTS =
      "adjustment_id,invoice_id,kind,effective_on,amount,reverses_adjustment_id";
  private static final String STRATEGIES = "strategy_id,customer_id,arm,assigned_on,segment";

  @TempDir Path folder;

  /** A to D are retail, E is of no segment and so has nobody to be compared with. */
  private Map<String, Dataset<Row>> workedByHand() throws IOException {
    file(
        "invoices",
        INVOICES,
        "A1,A,2023-12-01,2023-12-15,100,USD,,,,,,",
        "A2,A,2023-12-01,2024-01-05,50,USD,,,,,,",
        "B1,B,2023-12-01,2023-12-20,200,USD,,,,,,",
        "B2,B,2023-12-01,2024-01-10,5000,CLP,,,,,,",
        "C1,C,2023-10-01,2023-11-01,300,USD,,,,,,",
        "D1,D,2023-10-01,2023-11-01,70,USD,,,,,,",
        "E1,E,2023-10-01,2023-11-01,10,USD,,,,,,",
        // owed by nobody who was assigned
        "Z1,Z,2023-10-01,2023-11-01,999,USD,,,,,,");
    file(
        "payments",
        PAYMENTS,
        "PA,A,2024-01-10,40,USD,",
        "PB1,B,2024-01-20,200,USD,",
        "PB2,B,2024-01-25,5000,CLP,",
        "PC1,C,2024-01-05,60,USD,",
        "PC2,C,2024-02-20,60,USD,",
        "PC3,C,2024-03-02,100,USD,");
    Map<String, Dataset<Row>> work = new HashMap<>();
    work.put(
        "strategies",
        silver(
            "strategies",
            STRATEGIES,
            "T1,A,control,2024-01-01,retail",
            "T2,B,sms,2024-01-01,retail",
            "T3,C,sms,2024-01-01,retail",
            "T4,C,control,2024-02-15,retail", // moved within a month
            "T5,D,control,2024-01-20,retail", // begins within a month
            "T6,E,sms,2024-01-01,"));
    work.put(
        "contacts",
        silver(
            "contacts",
            "contact_id,customer_id,started_at,channel,direction,outcome,cost,currency",
            "K1,A,2024-01-15T15:00:00Z,call,outbound,refusal,500,CLP",
            "K2,B,2024-01-12T15:00:00Z,sms,outbound,read,3,USD",
            "K3,C,2024-02-28T15:00:00Z,call,outbound,dispute,5,USD",
            // January's last hours in Santiago
            "K4,B,2024-02-01T02:00:00Z,sms,outbound,read,1,USD"));
    work.put(
        "disputes",
        silver(
            "disputes", "dispute_id,invoice_id,opened_on", "Q1,C1,2024-01-30", "Q2,Z1,2024-01-30"));
    work.put(
        "surveys",
        silver(
            "surveys",
            "survey_id,customer_id,answered_on,csat,nps",
            "S1,B,2024-01-22,2,",
            "S2,A,2024-01-22,3,",
            "S3,A,2024-01-23,,0"));
    return work;
  }

  @DisplayName("is worked out from each arm's sums")
  @Test
  void workedByHandParts() throws IOException {
    Dataset<Row> effect = effect("2024-04-30", workedByHand());
    assertThat(lines(effect.where("month = '2024-01' AND segment = 'retail'")))
        .containsExactlyInAnyOrder(
            // B and C owed 500, and paid 260 of it; A owed 100
            "USD recovery_rate too_few: 260/500=52 of 2, 40/100=40 of 1; 12",
            // B2 took 15 days; A2 is not paid, and the last day on which that is certain has come
            "CLP days_to_recover too_few: 15/1=15 of 1, 0/0=null of 0; null",
            "USD days_to_recover too_few: 0/0=null of 0, 90/1=90 of 1; null",
            "CLP cost_per_customer too_few: 0/2=0 of 2, 500/1=500 of 1; -500",
            "USD cost_per_customer too_few: 4/2=2 of 2, 0/1=0 of 1; 2",
            // C's dispute and B's survey; a score of 3, or a refusal, is no complaint
            "null complaints_per_customer too_few: 2/2=1 of 2, 0/1=0 of 1; 1");
    assertThat(effect.where("difference_low IS NOT NULL OR difference_high IS NOT NULL").count())
        .as("limits of arms of one and two customers")
        .isZero();
  }

  @DisplayName("leaves a customer all month in the arm of the month's first day")
  @Test
  void movesCountFromTheNextMonth() throws IOException {
    Dataset<Row> retail = effect("2024-04-30", workedByHand()).where("segment = 'retail'");
    assertThat(lines(retail.where("measure IN ('recovery_rate', 'cost_per_customer')")))
        .as("February: C still treated, D has come")
        .contains(
            "USD recovery_rate too_few: 60/240=25 of 1, 0/180=0 of 2; 25",
            "USD cost_per_customer too_few: 5/2=2.5 of 2, 0/2=0 of 2; 2.5");
    assertThat(lines(retail.where("month = '2024-03' AND measure = 'recovery_rate'")))
        .as("March: C is of the control arm, and B owes nothing")
        .containsExactly(
            "USD recovery_rate too_few: 0/0=null of 0, 100/360=27.777777777778 of 3; null");
    assertThat(retail.where("treatment_customers = 1 AND month = '2024-03'").count()).isPositive();
  }

  @DisplayName("adds up the largest amounts that the contracts accept")
  @Test
  void largestAmounts() throws IOException {
    Map<String, Dataset<Row>> work = workedByHand();
    file(
        "invoices",
        INVOICES,
        IntStream.range(0, 12)
            .mapToObj(i -> "Y" + i + ",Y,2023-10-01,2023-11-01,90000000000000,CLP,,,,,,")
            .toArray(String[]::new));
    work.put("strategies", silver("strategies", STRATEGIES, "T1,Y,sms,2024-01-01,large"));
    assertThat(
            lines(
                effect("2024-04-30", work)
                    .where(
                        "month = '2024-01' AND measure = 'recovery_rate' AND segment = 'large'")))
        .containsExactly("CLP recovery_rate no_control: 0/1080000000000000=0 of 1, null; null");
  }

  @DisplayName("claims nothing where there is no control arm, and says so")
  @Test
  void noControl() throws IOException {
    assertThat(
            lines(
                effect("2024-04-30", workedByHand())
                    .where("segment IS NULL AND month = '2024-01'")))
        .containsExactlyInAnyOrder(
            "USD recovery_rate no_control: 0/10=0 of 1, null; null",
            "null complaints_per_customer no_control: 0/1=0 of 1, null; null");
  }

  @DisplayName(
      "waits until all that fell due has been seen for 90 days, and counts to the as-of date")
  @Test
  void notYet() throws IOException {
    Dataset<Row> effect = effect("2024-01-15", workedByHand());
    assertThat(lines(effect.where("segment = 'retail' AND currency = 'USD'")))
        .containsExactlyInAnyOrder(
            "USD recovery_rate too_few: 60/500=12 of 2, 40/100=40 of 1; -28",
            "USD days_to_recover not_yet: null, null; null",
            "USD cost_per_customer too_few: 3/2=1.5 of 2, 0/1=0 of 1; 1.5");
    assertThat(effect.select("until_day").distinct().collectAsList())
        .extracting(row -> row.getDate(0).toString())
        .containsExactly("2024-01-15");
    assertThat(effect("2024-04-29", workedByHand()).where("status = 'not_yet'").count())
        .as("a day before January has been seen")
        .isPositive();
  }

  @DisplayName("tells missing files from zeros, and is empty without any assignment")
  @Test
  void missingFiles() throws IOException {
    Map<String, Dataset<Row>> work = workedByHand();
    Map<String, Dataset<Row>> some = new HashMap<>(work);
    some.remove("contacts");
    some.remove("surveys");
    assertThat(lines(effect("2024-04-30", some).where("month = '2024-01' AND segment = 'retail'")))
        .contains(
            "USD recovery_rate too_few: 260/500=52 of 2, 40/100=40 of 1; 12",
            "USD cost_per_customer no_data: null, null; null",
            "null complaints_per_customer no_data: null, null; null");
    work.remove("strategies");
    assertThat(effect("2024-04-30", work).count()).isZero();
    work.put("strategies", silver("strategies", STRATEGIES));
    assertThat(effect("2024-04-30", work).count()).isZero();
  }

  @DisplayName("is found where a treatment truly recovers more, the same in any order of work")
  @Test
  void trueEffect() throws IOException {
    Random random = new Random(7);
    List<String> invoices = new ArrayList<>();
    List<String> payments = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<String> assigned = new ArrayList<>();
    Exits[] exits = {new Exits(), new Exits()};
    for (int i = 0; i < 120; i++) {
      String id = "C%03d".formatted(i);
      int treated = i % 2;
      int amount = 100 + random.nextInt(900);
      assigned.add(id + "," + id + "," + (treated == 1 ? "sms" : "control") + ",2024-01-01,retail");
      // what is overdue on 1 January: paid by 6 in 10 of the treated, 2 in 10 of the others
      invoices.add(id + "a," + id + ",2023-11-01,2023-11-15," + amount + ",USD,,,,,,");
      if (random.nextDouble() < 0.2 + 0.4 * treated) {
        payments.add(id + "a," + id + ",2024-01-09," + amount + ",USD,");
        // what falls due in January: paid late, paid too late, credited, or open
        invoices.add(id + "b," + id + ",2023-12-01,2024-01-10,50,USD,,,,,,");
        int days = 1 + random.nextInt(treated == 1 ? 100 : 200);
        LocalDate end = LocalDate.of(2024, 1, 10).plusDays(days);
        boolean seen = !end.isAfter(LocalDate.of(2024, 4, 30));
        boolean credited = i % 5 == 0;
        if (credited) {
          notes.add(id + "," + id + "b,credit_note," + end + ",50,");
        } else {
          payments.add(id + "b," + id + "," + end + ",50,USD,");
        }
        exits[treated].add(
            seen ? days : 111,
            !seen ? Exits.Kind.CENSORED : credited ? Exits.Kind.OTHER : Exits.Kind.PAID,
            1);
      }
    }
    file("invoices", INVOICES, invoices.toArray(String[]::new));
    file("payments", PAYMENTS, payments.toArray(String[]::new));
    file("adjustments", ADJUSTMENTS, notes.toArray(String[]::new));
    Map<String, Dataset<Row>> work =
        Map.of("strategies", silver("strategies", STRATEGIES, assigned.toArray(String[]::new)));

    Dataset<Row> january = effect("2024-04-30", work).where("month = '2024-01'");
    Row recovery = january.where("measure = 'recovery_rate'").first();
    assertThat(recovery.<String>getAs("status")).isEqualTo("ok");
    assertThat(recovery.<BigDecimal>getAs("difference_low")).isPositive();
    assertThat(recovery.<BigDecimal>getAs("difference"))
        .isBetween(
            recovery.<BigDecimal>getAs("difference_low"),
            recovery.<BigDecimal>getAs("difference_high"));
    Row days = january.where("measure = 'days_to_recover'").first();
    assertThat(days.<BigDecimal>getAs("treatment_value").doubleValue())
        .as("as the incidence of paid says it")
        .isEqualTo(Incidence.of(exits[1]).paidMean(90).orElseThrow(), offset());
    assertThat(days.<BigDecimal>getAs("control_value").doubleValue())
        .isEqualTo(Incidence.of(exits[0]).paidMean(90).orElseThrow(), offset());

    List<String> inOrder = texts(effect("2024-04-30", work));
    var conf = TestSpark.session().conf();
    String partitions = conf.get("spark.sql.shuffle.partitions");
    try {
      conf.set("spark.sql.shuffle.partitions", "7");
      Map<String, Dataset<Row>> shuffled = new HashMap<>();
      work.forEach((name, frame) -> shuffled.put(name, frame.orderBy(functions.rand(5))));
      assertThat(texts(effect("2024-04-30", shuffled))).isEqualTo(inOrder);
    } finally {
      conf.set("spark.sql.shuffle.partitions", partitions);
    }
  }

  private static org.assertj.core.data.Offset<Double> offset() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  private Dataset<Row> effect(String asOf, Map<String, Dataset<Row>> work) {
    return new StrategyEffect(LocalDate.parse(asOf), ZONE, 0)
        .of(
            PlainSilver.ledger(folder, ZONE.getId()),
            PlainSilver.of(folder, ZONE.getId()).invoices(),
            new WorkFrames(work));
  }

  private static List<String> texts(Dataset<Row> effect) {
    return effect.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static List<String> lines(Dataset<Row> effect) {
    return effect.collectAsList().stream()
        .map(
            row ->
                "%s %s %s: %s, %s; %s"
                    .formatted(
                        row.<String>getAs("currency"),
                        row.<String>getAs("measure"),
                        row.<String>getAs("status"),
                        arm(row, "treatment"),
                        arm(row, "control"),
                        number(row, "difference")))
        .toList();
  }

  private static String arm(Row row, String arm) {
    return row.getAs(arm + "_counted") == null
        ? "null"
        : "%s/%s=%s of %s"
            .formatted(
                number(row, arm + "_numerator"),
                number(row, arm + "_denominator"),
                number(row, arm + "_value"),
                row.<Long>getAs(arm + "_counted"));
  }

  private static String number(Row row, String column) {
    BigDecimal value = row.getAs(column);
    return value == null
        ? "null"
        : value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private Dataset<Row> silver(String table, String header, String... rows) {
    List<String> lines = new ArrayList<>(List.of(header));
    lines.addAll(Arrays.asList(rows));
    Dataset<Row> text =
        TestSpark.session()
            .read()
            .option("header", true)
            .csv(TestSpark.session().createDataset(lines, Encoders.STRING()));
    List<String> there = List.of(text.columns());
    List<Column> columns = new ArrayList<>();
    for (StructField field : Contracts.load().silver(table).fields()) {
      Column value = there.contains(field.name()) ? col(field.name()) : functions.lit(null);
      columns.add(
          field.name().equals("known_at")
              ? expr("TIMESTAMP'2024-01-01'").as("known_at")
              : value.cast(field.dataType()).as(field.name()));
    }
    return text.select(columns.toArray(Column[]::new));
  }

  private void file(String name, String header, String... rows) throws IOException {
    Files.writeString(
        folder.resolve(name + ".csv"), header + "\n" + String.join("\n", rows) + "\n");
  }
}
