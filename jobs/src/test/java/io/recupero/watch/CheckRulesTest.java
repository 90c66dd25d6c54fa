package io.recupero.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.config.InvalidConfigException;
import io.recupero.rules.InvalidRulesException;
import io.recupero.watch.Check.Severity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRulesTest {

  @TempDir Path folder;

  @Test
  void aFileOfTheUsersOwnChangesOnlyWhatItNames() throws IOException {
    Path own = folder.resolve("checks.yaml");
    Files.writeString(own, "checks:\n  freshness: {days: 3}\n  kpi_history: {severity: off}\n");
    CheckRules rules = CheckRules.load(Optional.of(own));

    assertThat(rules.of("freshness").limit("days")).isEqualByComparingTo("3");
    assertThat(rules.severity("freshness")).isEqualTo(Severity.WARN);
    assertThat(rules.severity("kpi_history")).isEqualTo(Severity.OFF);
    assertThat(rules.severity("month_bridge")).isEqualTo(Severity.STOP);
  }

  @Test
  void everythingWrongIsToldAtOnceWithItsLine() {
    assertThatThrownBy(
            () ->
                CheckRules.parse(
                    "c.yaml",
                    """
                    checks:
                      freshnes: {severity: warn}
                      month_bridge: {severity: halt}
                      freshness: {days: many}
                      kpi_history: {spred: 4}
                      reconciliation: {severity: stop, days: 4}
                    """,
                    false))
        .isInstanceOf(InvalidRulesException.class)
        .hasMessageContaining("c.yaml:2: checks has no key freshnes. Did you mean freshness?")
        .hasMessageContaining("c.yaml:3: month_bridge: severity is halt.")
        .hasMessageContaining("c.yaml:4: freshness: days is many, which is no number.")
        .hasMessageContaining("c.yaml:5: kpi_history has no key spred. Did you mean spread?")
        .hasMessageContaining("c.yaml:6: reconciliation has no key days.");
  }

  @Test
  void aFileThatIsNotThereIsAWrongSetting() {
    assertThatThrownBy(() -> CheckRules.load(Optional.of(folder.resolve("none.yaml"))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("which the setting checks names");
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    List<BigDecimal> values = Stream.of("3", "1", "10", "2").map(BigDecimal::new).toList();

    assertThat(KpiHistory.median(values)).isEqualByComparingTo("2.5");
    assertThat(KpiHistory.median(values.subList(0, 3))).isEqualByComparingTo("3");
  }
}
