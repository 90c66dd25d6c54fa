package io.recupero.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the worked scenarios do not have: withholdings, refunds, reversed adjustments, UF in pesos.
 */
class OracleCasesTest {

  @TempDir Path folder;

  @Test
  void rareDocumentsMoveBalancesAsTheInputsSay() throws Exception {
    write(
        "invoices",
        "invoice_id,customer_id,issue_date,due_date,amount,currency",
        "paid_with_interest,A,2024-01-01,2024-01-10,100,USD",
        "met_by_the_rest,A,2024-02-20,2024-03-01,50,USD",
        "credited,B,2024-01-01,2024-01-31,100,USD",
        "met_by_credit,B,2024-01-05,2024-01-31,100,USD",
        "withheld,C,2024-01-05,2024-01-31,100,USD",
        "in_uf,D,2024-01-05,2024-01-31,1,CLF",
        "in_pesos,D,2024-01-06,2024-01-31,3000,CLP",
        "impossible,D,2024-02-30,2024-03-31,3000,CLP");
    write(
        "payments",
        "payment_id,customer_id,paid_on,amount,currency,reverses_payment_id",
        "P1,A,2024-01-15,110,USD,",
        "P2,B,2024-01-20,150,USD,",
        "P3,B,2024-01-25,150,USD,P2",
        "P4,D,2024-01-20,35000,CLP,");
    write(
        "payment_applications",
        "payment_id,invoice_id,applied_on,amount,payment_amount",
        "P1,paid_with_interest,,110,",
        "P2,met_by_credit,2024-01-22,100,",
        "P4,in_uf,,0.9,33000");
    write("refunds", "refund_id,customer_id,refunded_on,amount,currency", "X1,A,2024-02-05,4,USD");
    write(
        "adjustments",
        "adjustment_id,invoice_id,kind,effective_on,amount,reverses_adjustment_id",
        "J1,paid_with_interest,interest,2024-01-12,10,",
        "J2,paid_with_interest,interest,2024-02-01,10,J1",
        "J3,credited,credit_note,2024-01-25,120,",
        "J4,credited,credit_note,2024-02-02,120,J3",
        "J5,withheld,withholding,2024-01-06,15,");
    try (Oracle oracle = Oracle.open(folder, ZoneId.of("America/Santiago"))) {
      assertThat(open(oracle, "2024-01-20"))
          .isEqualTo(
              Map.of(
                  "paid_with_interest", 0.0,
                  "credited", 50.0,
                  "met_by_credit", 100.0,
                  "withheld", 85.0,
                  "in_uf", 0.1,
                  "in_pesos", 1000.0));
      assertThat(open(oracle, "2024-01-25"))
          .as("the cheque bounced; the credit note's rest meets the other invoice")
          .containsEntry("credited", 0.0)
          .containsEntry("met_by_credit", 80.0);
      assertThat(open(oracle, "2024-02-20"))
          .as("10 came back with the interest, 4 were refunded, 6 met the new invoice")
          .containsEntry("paid_with_interest", 0.0)
          .containsEntry("met_by_the_rest", 44.0)
          .containsEntry("credited", 100.0)
          .containsEntry("met_by_credit", 100.0)
          .doesNotContainKey("impossible");
    }
  }

  private static Map<String, Double> open(Oracle oracle, String day) throws Exception {
    return oracle.openBalances(LocalDate.parse(day)).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().doubleValue()));
  }

  private void write(String table, String... lines) throws Exception {
    Files.write(folder.resolve(table + ".csv"), List.of(lines));
  }
}
