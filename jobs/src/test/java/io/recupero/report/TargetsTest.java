package io.recupero.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.report.Targets.Target;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class TargetsTest {

  @Test
  void theTargetOfAMonthIsJudgedAtItsClose() {
    Target missed = new Target(BigDecimal.valueOf(45), BigDecimal.valueOf(-40), "missed");
    Card recovery = Cards.load().find("recovery_rate").orElseThrow();
    Card index = Cards.load().find("delinquency_index").orElseThrow();
    LocalDate running = LocalDate.parse("2026-03-02");

    assertThat(missed.at(running, recovery))
        .isEqualTo(new Target(BigDecimal.valueOf(45), null, "open"));
    assertThat(missed.at(LocalDate.parse("2026-02-28"), recovery)).isEqualTo(missed);
    assertThat(missed.at(running, index)).isEqualTo(missed);
  }
}
