package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.contract.Contract;
import io.recupero.contract.ContractColumn;
import io.recupero.contract.Contracts;
import io.recupero.kpi.KpiRow;
import io.recupero.oracle.ProductLake;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The largest amount in every amount column of every input, in currencies of 0, 2, 3 and 4
 * decimals, several times a customer and a cell: a run takes all of them and its figures are exact.
 */
class ExtremesTest {

  private static final LocalDate AS_OF = LocalDate.parse("2026-03-31");

  /** Of each currency the largest amount that its decimals allow. */
  private static final Map<String, String> LARGEST =
      Map.of(
          "CLP", "99999999999999",
          "USD", "99999999999999.99",
          "KWD", "99999999999999.999",
          "CLF", "99999999999999.9999");

  /** Rows of a customer: # is its id, $ the largest amount, @ the currency. */
  private static final String OF_A_CUSTOMER =
      """
      customers | customer_id,country,segment,timezone,person_type,credit_limit,currency
      #,CL,x,America/Santiago,consumer,$,@
      #w,CL,x,,,,
      invoices | invoice_id,customer_id,issue_date,due_date,amount,currency,document_type,plan_id,discount_until,discount_amount
      #open,#,2025-11-05,2025-12-05,$,@,,,,
      #current,#,2026-03-01,2026-05-01,$,@,,,,
      #paid,#,2025-10-01,2025-11-01,$,@,,,,
      #late,#,2025-10-01,2025-11-01,$,@,,,,
      #off,#,2025-09-01,2025-10-01,$,@,,,,
      #offer,#,2026-02-01,2026-03-10,$,@,,,2026-03-05,$
      #credited,#,2025-09-01,2025-10-01,$,@,,,,
      #charged,#,2025-12-01,2025-12-31,$,@,,,,
      #plan,#,2025-09-01,2025-10-01,$,@,,,,
      #instalment,#,2026-01-15,2026-02-15,$,@,instalment,#L,,
      #withheld,#,2025-12-01,2026-02-10,$,@,,,,
      #oldest,#,2025-08-01,2025-09-01,$,@,,,,
      #discounted,#,2026-02-01,2026-03-20,$,@,,,,
      payments | payment_id,customer_id,paid_on,amount,currency,method,reverses_payment_id
      #P1,#,2025-10-20,$,@,transfer,
      #P2,#,2026-03-15,$,@,transfer,
      #P3,#,2026-03-16,$,@,transfer,
      #P4,#,2026-01-20,$,@,transfer,
      #P5,#,2026-02-25,$,@,transfer,#P4
      #W1,#w,2026-01-10,$,@,cash,
      #W2,#w,2026-01-11,$,@,cash,
      #W3,#w,2026-02-10,$,@,cash,
      #W4,#w,2026-02-11,$,@,cash,
      #W5,#w,2026-02-12,$,@,cash,
      #W6,#w,2026-02-13,$,@,cash,
      #W7,#w,2026-02-14,$,@,cash,
      #W8,#w,2026-02-15,$,@,cash,
      #W9,#w,2026-02-16,$,@,cash,
      #W10,#w,2026-02-17,$,@,cash,
      #W11,#w,2026-02-18,$,@,cash,
      #W12,#w,2026-02-19,$,@,cash,
      payment_applications | payment_id,invoice_id,amount,payment_amount
      #P1,#paid,$,$
      #P2,#late,$,
      refunds | refund_id,customer_id,refunded_on,amount,currency,payment_id
      #R1,#w,2026-03-20,$,@,#W3
      #R2,#w,2026-03-21,$,@,
      adjustments | adjustment_id,invoice_id,kind,effective_on,amount,plan_id
      #J1,#off,write_off,2026-01-10,$,
      #J2,#off,write_off_recovery,2026-03-10,$,
      #J3,#credited,credit_note,2025-12-20,$,
      #J4,#charged,interest,2026-02-10,$,
      #J5,#charged,penalty,2026-03-10,$,
      #J6,#plan,credit_note,2026-01-15,$,#L
      #J7,#withheld,withholding,2026-02-01,$,
      #J8,#discounted,discount,2026-03-02,$,
      plans | plan_id,customer_id,agreed_on,status,restructured_amount,currency
      #L,#,2026-01-15,active,$,@
      contacts | contact_id,customer_id,started_at,channel,outcome,agent_id,invoice_id,duration_s,cost,currency,delay_reason
      #K1,#,2026-03-10T12:00:00-03:00,call,promise,A@,#late,60,$,@,financial
      #K2,#,2026-02-10T12:00:00-03:00,call,right_party,A@,,60,$,@,forgot
      promises | promise_id,customer_id,made_on,due_on,amount,currency,contact_id,invoice_id,agent_id
      #S1,#,2026-03-10,2026-03-16,$,@,#K1,#late,A@
      #S2,#,2026-03-10,2026-03-17,$,@,,,A@
      disputes | dispute_id,invoice_id,opened_on,reason,amount
      #D,#open,2026-01-05,price,$
      strategies | strategy_id,customer_id,arm,assigned_on,segment
      #T,#,sms,2025-12-15,x
      """;

  private static final String OF_A_CURRENCY =
      """
      agents | agent_id,name,team,training_hours,monthly_target,currency
      A@,Ana,norte,1,$,@
      """;

  private static final List<String> RATES =
      List.of(
          "rate_date,from_currency,to_currency,rate",
          "2025-08-01,USD,CLP,980.5",
          "2025-08-01,KWD,CLP,3100.25",
          "2025-08-01,CLF,CLP,39000.12");

  @TempDir static Path folder;

  @Test
  void aRunOfTheLargestAmountsIsExact() throws IOException {
    Map<String, List<String>> files = files();
    assertThat(columnsWithoutTheLargest(files)).isEmpty();
    Path input = Files.createDirectories(folder.resolve("input"));
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      Files.write(input.resolve(file.getKey() + ".csv"), file.getValue());
    }

    ProductLake lake =
        ProductLake.run(
            folder.resolve("lake"),
            "America/Santiago",
            AS_OF,
            Map.of(
                "input", input.toString(),
                "segments", "given",
                "max_quarantined_share", "0"));

    // Of 13 documents and 2 charges are left: open, current, offer, charged 3 times, instalment
    // and oldest less P3. Of 12 payments of the other customer 2 are given back.
    assertThat(figures(lake, "delinquency_index")).isEqualTo(largestTimes(14, 12));
    assertThat(figures(lake, "unapplied_share")).isEqualTo(largestTimes(14, 20));
    assertThat(lake.table("gold.reconciliation").where("difference <> 0").count()).isZero();
    assertThat(lake.table("gold.month_bridge").where("difference <> 0").count()).isZero();
    Row features = lake.table("gold.customer_features").where("customer_id = 'CLF1'").first();
    assertThat(features.<BigDecimal>getAs("billed_amount_ever"))
        .isEqualByComparingTo(new BigDecimal(LARGEST.get("CLF")).multiply(new BigDecimal(12)));
    // Every figure can be asked for, converted.
    assertThat(lake.kpi(lake.ids(), List.of(AS_OF), List.of(), "CLP")).isNotEmpty();
  }

  private static Map<String, List<String>> files() {
    Map<String, List<String>> files = new TreeMap<>();
    LARGEST.forEach(
        (currency, largest) -> {
          for (int customer = 1; customer <= 2; customer++) {
            add(files, OF_A_CUSTOMER, currency + customer, largest, currency);
          }
          add(files, OF_A_CURRENCY, null, largest, currency);
        });
    files.put("fx_rates", RATES);
    return files;
  }

  private static void add(
      Map<String, List<String>> files, String rows, String id, String largest, String currency) {
    List<String> file = null;
    for (String line : rows.lines().toList()) {
      int at = line.indexOf(" | ");
      if (at > 0) {
        String header = line.substring(at + 3);
        file = files.computeIfAbsent(line.substring(0, at), it -> new ArrayList<>(List.of(header)));
      } else {
        file.add(line.replace("#", "" + id).replace("$", largest).replace("@", currency));
      }
    }
  }

  /** Returns the amount columns of inputs that lack the largest amount of any currency. */
  private static List<String> columnsWithoutTheLargest(Map<String, List<String>> files) {
    List<String> missing = new ArrayList<>();
    for (Contract contract : Contracts.load().inputs()) {
      for (ContractColumn column : contract.columns()) {
        List<String> file = files.getOrDefault(contract.table(), List.of(""));
        int at = List.of(file.get(0).split(",")).indexOf(column.name());
        for (String largest : LARGEST.values()) {
          boolean has = at >= 0 && file.stream().anyMatch(row -> largest.equals(cell(row, at)));
          if (column.currencyFrom().isPresent() && !has) {
            missing.add(contract.table() + "." + column.name() + " " + largest);
          }
        }
      }
    }
    return missing;
  }

  private static String cell(String row, int at) {
    String[] cells = row.split(",", -1);
    return at < cells.length ? cells[at] : "";
  }

  /** Returns the parts of a figure by currency. */
  private static Map<String, String> figures(ProductLake lake, String id) {
    Map<String, String> figures = new TreeMap<>();
    for (KpiRow row : lake.kpi(List.of(id), List.of(AS_OF), List.of("currency"), null)) {
      figures.put(
          row.dimensions().get(0),
          row.denominator().stripTrailingZeros().toPlainString()
              + " "
              + row.numerator().stripTrailingZeros().toPlainString());
    }
    return figures;
  }

  private static Map<String, String> largestTimes(int denominator, int numerator) {
    Map<String, String> parts = new TreeMap<>();
    LARGEST.forEach(
        (currency, largest) ->
            parts.put(currency, times(largest, denominator) + " " + times(largest, numerator)));
    return parts;
  }

  private static String times(String largest, int times) {
    return new BigDecimal(largest)
        .multiply(BigDecimal.valueOf(times))
        .stripTrailingZeros()
        .toPlainString();
  }
}
