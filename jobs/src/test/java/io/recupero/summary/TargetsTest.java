package io.recupero.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.kpi.Cards;
import io.recupero.rules.InvalidRulesException;
import io.recupero.summary.Targets.Slice;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class TargetsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 31);

  @Test
  void theTargetThatNamesMoreCountsAndEachHoldsInItsOwnTime() {
    Targets targets =
        parse(
            """
            targets:
              - {kpi: delinquency_index, at_most: 15, valid_to: 2025-12-31}
              - {kpi: delinquency_index, at_most: 12.5, valid_from: 2026-01-01}
              - {kpi: delinquency_index, at_most: 30, portfolio: P1}
              - {kpi: delinquency_index, at_most: 25, segment: sme}
              - {kpi: recovery_rate, at_least: 60, currency: CLP}
            """);
    assertThat(value(targets, "delinquency_index", null, null, DAY)).isEqualTo("12.5");
    assertThat(value(targets, "delinquency_index", null, null, DAY.minusYears(1))).isEqualTo("15");
    assertThat(value(targets, "delinquency_index", "P1", null, DAY)).isEqualTo("30");
    assertThat(value(targets, "delinquency_index", "P2", null, DAY)).isEqualTo("12.5");
    assertThat(value(targets, "delinquency_index", null, "sme", DAY)).isEqualTo("25");
    assertThat(targets.of(new Slice("recovery_rate", null, null, "USD"), DAY)).isEmpty();
    assertThat(targets.of(new Slice("csat", null, null, null), DAY)).isEmpty();
  }

  @Test
  void aTargetIsMetOnItsOwnSide() {
    Targets targets =
        parse(
            """
            targets:
              - {kpi: delinquency_index, at_most: 15}
              - {kpi: recovery_rate, at_least: 60}
            """);
    var most = targets.of(new Slice("delinquency_index", null, null, "CLP"), DAY).orElseThrow();
    assertThat(most.isMetBy(new BigDecimal("15.000"))).isTrue();
    assertThat(most.isMetBy(new BigDecimal("15.001"))).isFalse();
    var least = targets.of(new Slice("recovery_rate", null, null, "CLP"), DAY).orElseThrow();
    assertThat(least.isMetBy(new BigDecimal("60"))).isTrue();
    assertThat(least.isMetBy(new BigDecimal("59.9"))).isFalse();
  }

  @Test
  void everythingWrongIsToldAtOnceWithItsLine() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    targets:
                      - {kpi: delinquency_idx, at_most: 15}
                      - {kpi: recovery_rate, at_most: 15}
                      - {kpi: csat, at_least: much}
                      - {kpi: csat}
                    """))
        .isInstanceOf(InvalidRulesException.class)
        .hasMessageContaining("t.yaml:2: ")
        .hasMessageContaining("Did you mean delinquency_index?")
        .hasMessageContaining("t.yaml:3: recovery_rate is better higher: write at_least.")
        .hasMessageContaining("t.yaml:4: ")
        .hasMessageContaining("t.yaml:5: ");
  }

  @Test
  void theTargetsThatAreCarriedCanBeUsed() {
    assertThat(Targets.load().of(new Slice("csat", null, null, null), DAY)).isEmpty();
  }

  private static Targets parse(String text) {
    return Targets.parse("t.yaml", text, Cards.load());
  }

  private static String value(
      Targets targets, String kpi, String portfolio, String segment, LocalDate day) {
    return targets
        .of(new Slice(kpi, portfolio, segment, "CLP"), day)
        .orElseThrow()
        .value()
        .toPlainString();
  }
}
