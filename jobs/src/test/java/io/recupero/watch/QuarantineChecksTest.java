package io.recupero.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.contract.Tally;
import io.recupero.watch.Check.Severity;
import io.recupero.watch.InQuarantine.State;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuarantineChecksTest {

  private static final LocalDate FIRST = LocalDate.of(2026, 2, 1);

  @Test
  void whoWaitsTooLongIsToldWithCountAndOldest() {
    var rule = new CheckRules.Rule(Severity.WARN, Map.of("days", new BigDecimal(30)));
    List<Check> checks =
        Waiting.look(
            rule,
            List.of(
                new InQuarantine("adjustments", State.WAITING, false, 3, FIRST.plusDays(9), 0),
                new InQuarantine("invoices", State.REFUSED, true, 7, FIRST, 7),
                new InQuarantine("payments", State.WAITING, false, 3, FIRST.plusDays(9), 0),
                new InQuarantine("payments", State.WAITING, true, 4, FIRST, 2)));
    assertThat(checks)
        .extracting(Check::slice)
        .containsExactly("table=adjustments", "table=payments");
    assertThat(checks.get(0).passed()).isTrue();
    assertThat(checks.get(1).passed()).isFalse();
    assertThat(checks.get(1).text().en())
        .startsWith(
            "payments: 7 records wait for others that they name, the oldest since 2026-02-01; 2 for"
                + " more than 30 days.");
  }

  @Test
  void aFileThatRepeatsItsOwnRowsIsWarnedOfAndOneThatRepeatsEarlierDeliveriesIsNot() {
    List<LeftOut> files =
        LeftOut.of(
            Map.of(
                "invoices",
                List.of(
                    new Tally.OfFile("b", "invoices/a.csv", 0, 5, 0, 1, 2),
                    new Tally.OfFile("b", "invoices/b.csv", 0, 1, 0, 0, 0))));
    assertThat(files).extracting(LeftOut::rows).containsExactly(3L, 1L);
    Check repeats = files.get(0).check(Severity.WARN);
    assertThat(repeats.failed()).isTrue();
    assertThat(repeats.text().es())
        .startsWith(
            "invoices/a.csv: 3 filas repetidas, que cuentan una sola vez; 1 dentro del archivo.");
    Check again = files.get(1).check(Severity.WARN);
    assertThat(again.failed()).isFalse();
    assertThat(again.text().en())
        .isEqualTo("invoices/b.csv: 1 repeated row, counted once; 0 within the file.");
  }
}
