package io.recupero.mart;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class UnappliedByAgeTest {

  /** P1 waits since 1 March, 40 of it until the 20th; P2 was applied whole; C1 is a credit. */
  private static Dataset<Row> ledger() {
    return TestSpark.session()
        .sql(
            "SELECT customer_id, currency, source_id, invoice_id, CAST(amount AS DECIMAL(18,4)) AS"
                + " amount, CAST(effective_on AS DATE) AS effective_on, CAST(paid_on AS DATE) AS"
                + " paid_on FROM VALUES"
                + " ('A', 'CLP', 'P1', NULL, 100, '2024-03-01', '2024-03-01'),"
                + " ('A', 'CLP', 'P1', NULL, -40, '2024-03-20', '2024-03-01'),"
                + " ('A', 'CLP', 'P1', 'I1', -40, '2024-03-20', '2024-03-01'),"
                + " ('A', 'CLP', 'P2', NULL, 50, '2024-03-05', '2024-03-05'),"
                + " ('A', 'CLP', 'P2', NULL, -50, '2024-03-06', '2024-03-05'),"
                + " ('B', 'USD', 'C1', NULL, 7, '2024-04-15', NULL),"
                + " ('B', 'USD', 'P3', NULL, 9, '2024-04-16', '2024-04-16')"
                + " AS t(customer_id, currency, source_id, invoice_id, amount, effective_on, paid_on)");
  }

  @Test
  void moneyAndCreditWaitFromTheDayTheyCame() {
    assertThat(waiting("2024-03-19")).containsExactly("CLP 1-30 100");
    assertThat(waiting("2024-04-15")).containsExactly("CLP 31-60 60", "USD current 7");
    assertThat(waiting("2024-05-20")).containsExactly("CLP 61-90 60", "USD 31-60 16");
  }

  @Test
  void bucketsWithoutMoneyAreZeroAndAdded() {
    List<UnappliedByAge.Cell> cells =
        UnappliedByAge.at(ledger(), List.of(LocalDate.parse("2024-03-19")));
    assertThat(cells)
        .hasSize(AgeingSchemes.load().on(LocalDate.parse("2024-03-19")).labels().size());
    assertThat(cells.stream().filter(it -> it.amount().signum() == 0)).hasSize(cells.size() - 1);
  }

  private static List<String> waiting(String date) {
    return UnappliedByAge.at(ledger(), List.of(LocalDate.parse(date))).stream()
        .filter(it -> it.amount().signum() != 0)
        .map(it -> it.currency() + " " + it.bucket() + " " + it.amount().intValueExact())
        .toList();
  }
}
