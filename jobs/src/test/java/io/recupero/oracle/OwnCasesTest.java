package io.recupero.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.Kpis;
import io.recupero.ledger.PlainSilver;
import io.recupero.mart.AgeingSchemes;
import io.recupero.mart.MartInputs;
import io.recupero.mart.Marts;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the worked scenarios cannot tell apart, worked by hand: one customer segment is one story.
 * The product and the second opinion both have to tell it so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnCasesTest {

  private static final List<String> BY = List.of("segment", "currency");

  /**
   * The stories: segment, currency, date, figure, then value, numerator, denominator; - is null,
   * and . is not looked at.
   */
  private static final String EXPECTED =
      """
      # 50 on account waits; on the 10th the cheque for A1 bounces and the 50 meets it the same day
      reopened       USD 2024-02-09 unapplied_share       -     50     0
      reopened       USD 2024-02-10 unapplied_share       0     0      50
      reopened       USD 2024-02-10 delinquency_index     100   50     50
      # 20 February: 40 + penalty 10, + 60 bounced, - credit note 105, 5 of the given 50; 45 meet B2.
      # So B1 is ended by cash, which no other order gives
      one_day        USD 2024-02-29 delinquency_index     0     0      55
      one_day        USD 2024-02-29 unapplied_share       0     0      55
      one_day        USD 2024-02-29 days_to_recover_median 5    .      .
      one_day        USD 2024-02-29 cei_cash              32.258065 50 155
      # C1 in dollars is 31 days late on the 15th; from then on the pesos count too
      late_elsewhere USD 2024-02-14 par_30                0     0      100
      late_elsewhere USD 2024-02-15 par_30                100   100    100
      late_elsewhere CLP 2024-02-29 par_30                100   1000   1000
      late_elsewhere CLP 2024-02-29 overdue_over_30       0     0      1000
      # received a day before it was due, applied four days after; the other 50 a day late
      applied_later  USD 2024-02-12 delinquency_index     100   100    100
      applied_later  USD 2024-02-12 unapplied_share       100   100    100
      applied_later  USD 2024-02-12 collected_on_time     0     0      150
      applied_later  USD 2024-02-14 collected_on_time     66.666667 100 150
      applied_later  USD 2024-02-29 collected_on_time     66.666667 100 150
      # 2,000 of 35,000 pesos were for nothing; 0.4 of 1 UF had been credited: 0.4 x 36,001 is 14,400
      uf             CLP 2024-01-31 unapplied_share       -     16400  0
      uf             CLF 2024-01-31 delinquency_index     -     0      0
      # 50 of 150 are beyond the subsidiary's invoice and stay with the parent, whose own takes 30
      parent         USD 2024-02-09 unapplied_share       -     50     0
      parent         USD 2024-02-29 unapplied_share       -     20     0
      subsidiary     USD 2024-02-29 recovery_rate         100   100    100
      subsidiary     USD 2024-02-29 unapplied_share       0     0      40
      # 60 of 140 are given back, the named payment's 40 first
      refund         USD 2024-01-14 unapplied_share       -     140    0
      refund         USD 2024-01-15 unapplied_share       -     80     0
      refund         USD 2024-02-29 delinquency_index     100   120    120
      # A refund of more than waits takes the 30 that do
      refund_beyond  USD 2024-01-31 unapplied_share       -     -      -
      # withheld is paid, but no cash: 70 of 100; ended after 7 and after 5 days; on time with the cash
      withheld       USD 2024-02-29 recovery_rate         70    70     100
      withheld       USD 2024-02-29 collected_on_time     66.666667 100 150
      withheld       USD 2024-02-29 days_to_recover_median 5    .      .
      withheld       USD 2024-02-29 days_to_recover_p75   7     .      .
      # 50 of a credit note of 150 go to L2: credited, never cash
      credit_moves   USD 2024-02-10 delinquency_index     0     0      30
      credit_moves   USD 2024-02-29 recovery_rate         0     0      100
      credit_moves   USD 2024-02-29 cei                   100   180    180
      credit_moves   USD 2024-02-29 cei_cash              16.666667 30 180
      credit_moves   USD 2024-02-29 collected_on_time     0     0      30
      credit_moves   USD 2024-02-29 days_to_recover_median 2    .      .
      credit_moves   USD 2024-02-29 days_to_recover_p75   -     .      .
      # interest that was paid is taken back: its 10 are cash again and meet the next invoice
      taken_back     USD 2024-02-10 unapplied_share       -     10     0
      taken_back     USD 2024-02-29 delinquency_index     0     0      40
      taken_back     USD 2024-02-29 unapplied_share       0     0      40
      # 100 off for 100, and nobody paid: not taken. 1 on the last day takes the offer of 99
      offer_free     USD 2024-01-31 discount_uptake       0     0      1
      offer_cheap    USD 2024-01-31 discount_uptake       100   1      1
      """;

  @TempDir static Path folder;

  @Test
  void storiesEndAsWorkedByHandForBoth() throws Exception {
    write();
    Set<LocalDate> dates = new TreeSet<>();
    Set<String> ids = new TreeSet<>();
    List<String[]> lines = new ArrayList<>();
    for (String line : EXPECTED.lines().filter(l -> !l.startsWith("#")).toList()) {
      String[] fields = line.trim().split("\\s+");
      lines.add(fields);
      dates.add(LocalDate.parse(fields[2]));
      ids.add(fields[3]);
    }
    Map<String, KpiRow> product = new TreeMap<>();
    product(ids, List.copyOf(dates))
        .forEach(row -> product.put(row.dimensions() + " " + row.asOf() + " " + row.kpi(), row));
    Map<String, OracleRow> opinion = new TreeMap<>();
    try (Oracle oracle = Oracle.open(folder, ZoneId.of("America/Santiago"))) {
      oracle
          .kpi(ids, List.copyOf(dates), BY, null, null)
          .forEach(row -> opinion.put(row.dimensions() + " " + row.asOf() + " " + row.kpi(), row));
    }
    List<String> differences = new ArrayList<>();
    for (String[] line : lines) {
      String key = "[" + line[0] + ", " + line[1] + "] " + line[2] + " " + line[3];
      KpiRow row = product.get(key);
      OracleRow other = opinion.get(key);
      Object[] is =
          row == null
              ? new Object[3]
              : new Object[] {row.exactValue(), row.numerator(), row.denominator()};
      Object[] too =
          other == null
              ? new Object[3]
              : new Object[] {other.value(), other.numerator(), other.denominator()};
      for (int i = 0; i < is.length; i++) {
        String expected = line[4 + i];
        if (!agrees(expected, is[i])) {
          differences.add("product: %s: %s is not %s".formatted(key, row, expected));
        }
        if (!agrees(expected, too[i])) {
          differences.add("second opinion: %s: %s is not %s".formatted(key, other, expected));
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static boolean agrees(String expected, Object is) {
    return switch (expected) {
      case "." -> true;
      case "-" -> is == null;
      case "0" -> is == null || ((Number) is).doubleValue() == 0;
      default ->
          is != null
              && new BigDecimal(is.toString())
                      .setScale(6, RoundingMode.HALF_UP)
                      .compareTo(new BigDecimal(expected))
                  == 0;
    };
  }

  private static List<KpiRow> product(Set<String> ids, List<LocalDate> dates) {
    String zone = "America/Santiago";
    Dataset<Row> customers =
        TestSpark.session()
            .read()
            .option("header", true)
            .csv(folder.resolve("customers.csv").toString())
            .selectExpr("* EXCEPT (valid_from)", "CAST(valid_from AS DATE) AS valid_from");
    LocalDate asOf = LocalDate.parse("2024-03-31");
    Marts marts = new Marts(Marts.standard(AgeingSchemes.load().on(asOf), 0), asOf, ZoneOffset.UTC);
    Map<String, Dataset<Row>> tables =
        marts.tables(
            new MartInputs(
                PlainSilver.ledger(folder, zone),
                PlainSilver.of(folder, zone).invoices(),
                customers));
    Kpis kpis = new Kpis(Cards.load(), ProductLake.shapes(Contracts.load()), tables::get);
    return kpis.evaluate(new KpiQuery(List.copyOf(ids), dates, BY, null, null)).rows();
  }

  private static void write() throws IOException {
    file(
        "customers",
        "customer_id,country,region,industry,company_size,segment,valid_from",
        "A,,,,,reopened,",
        "B,,,,,one_day,",
        "C,,,,,late_elsewhere,",
        "D,,,,,applied_later,",
        "E,,,,,uf,",
        "F,,,,,parent,",
        "G,,,,,subsidiary,",
        "H,,,,,refund,",
        "I,,,,,refund_beyond,",
        "K,,,,,withheld,",
        "L,,,,,credit_moves,",
        "M,,,,,taken_back,",
        "N,,,,,offer_free,",
        "O,,,,,offer_cheap,");
    file(
        "invoices",
        "invoice_id,customer_id,issue_date,due_date,amount,currency,document_type,portfolio_id,"
            + "debt_type,plan_id,discount_until,discount_amount",
        "A1,A,2024-01-01,2024-01-31,100,USD,,,,,,",
        "B1,B,2024-02-01,2024-02-15,100,USD,,,,,,",
        "B2,B,2024-02-20,2024-03-20,100,USD,,,,,,",
        "C1,C,2024-01-01,2024-01-15,100,USD,,,,,,",
        "C2,C,2024-02-20,2024-03-20,1000,CLP,,,,,,",
        "D1,D,2024-02-01,2024-02-10,100,USD,,,,,,",
        "D2,D,2024-02-01,2024-02-10,50,USD,,,,,,",
        "E1,E,2024-01-05,2024-01-31,1,CLF,,,,,,",
        "E2,E,2024-01-05,2024-02-15,1,CLF,,,,,,",
        "F1,F,2024-02-10,2024-03-10,30,USD,,,,,,",
        "G1,G,2024-01-01,2024-01-30,100,USD,,,,,,",
        "G2,G,2024-02-20,2024-03-20,40,USD,,,,,,",
        "H1,H,2024-02-01,2024-02-28,200,USD,,,,,,",
        "K1,K,2024-01-01,2024-01-30,100,USD,,,,,,",
        "K2,K,2024-02-01,2024-02-20,100,USD,,,,,,",
        "K3,K,2024-02-01,2024-02-10,50,USD,,,,,,",
        "L1,L,2024-01-01,2024-01-20,100,USD,,,,,,",
        "L2,L,2024-01-10,2024-02-10,80,USD,,,,,,",
        "M1,M,2024-01-01,2024-01-31,100,USD,,,,,,",
        "M2,M,2024-02-20,2024-03-20,50,USD,,,,,,",
        "N1,N,2024-01-01,2024-02-10,100,USD,,,,,2024-01-20,100",
        "O1,O,2024-01-01,2024-02-10,100,USD,,,,,2024-01-20,99");
    file(
        "payments",
        "payment_id,customer_id,paid_on,amount,currency,reverses_payment_id",
        "PA1,A,2024-01-20,100,USD,",
        "PA2,A,2024-02-05,50,USD,",
        "PA3,A,2024-02-10,100,USD,PA1",
        "PB1,B,2024-02-10,60,USD,",
        "PB2,B,2024-02-20,60,USD,PB1",
        "PB3,B,2024-02-20,50,USD,",
        "PD1,D,2024-02-09,100,USD,",
        "PD2,D,2024-02-11,50,USD,",
        "PE1,E,2024-01-20,35000,CLP,",
        "PE2,E,2024-01-25,36001,CLP,",
        "PF1,F,2024-02-05,150,USD,",
        "PH1,H,2024-01-10,100,USD,",
        "PH2,H,2024-01-12,40,USD,",
        "PI1,I,2024-01-10,30,USD,",
        "PK1,K,2024-02-06,70,USD,",
        "PK2,K,2024-02-20,90,USD,",
        "PK3,K,2024-02-12,45,USD,",
        "PL1,L,2024-02-12,30,USD,",
        "PM1,M,2024-01-15,110,USD,",
        "PO1,O,2024-01-20,1,USD,");
    file(
        "payment_applications",
        "payment_id,invoice_id,applied_on,amount,payment_amount",
        "PA1,A1,,100,",
        "PB1,B1,,60,",
        "PB3,B1,,50,",
        "PD1,D1,2024-02-14,100,",
        "PD2,D2,,50,",
        "PE1,E1,,1,33000",
        "PE2,E2,,1,36001",
        "PF1,G1,,150,",
        "PK1,K1,,70,",
        "PK2,K2,,90,",
        "PK3,K3,,45,",
        "PL1,L2,,30,",
        "PM1,M1,,110,");
    file(
        "refunds",
        "refund_id,customer_id,refunded_on,amount,currency,payment_id",
        "RH,H,2024-01-15,60,USD,PH2",
        "RI,I,2024-01-15,31,USD,");
    file(
        "adjustments",
        "adjustment_id,invoice_id,kind,effective_on,amount,plan_id,reverses_adjustment_id",
        "JB1,B1,penalty,2024-02-20,10,,",
        "JB2,B1,credit_note,2024-02-20,105,,",
        "JE,E2,credit_note,2024-01-10,0.4,,",
        "JK1,K1,withholding,2024-02-05,30,,",
        "JK2,K2,withholding,2024-02-10,10,,",
        "JK3,K3,withholding,2024-02-15,5,,",
        "JL,L1,credit_note,2024-02-05,150,,",
        "JM1,M1,interest,2024-01-12,10,,",
        "JM2,M1,interest,2024-02-01,10,,JM1");
  }

  private static void file(String table, String... lines) throws IOException {
    Files.write(folder.resolve(table + ".csv"), List.of(lines));
  }
}
