package io.recupero.segment.learned;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.segment.FeatureCard;
import io.recupero.segment.FeatureCards;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A feature as a condition that people read")
class FeatureTest {

  private static final double NONE = Double.POSITIVE_INFINITY;

  @DisplayName("keeps those without a value where what stands for it lies between the limits")
  @Test
  void numbers() {
    Feature.Numeric days = number("days_late_mean_12m", true, false, Map.of(), 5);
    assertThat(days.between(-NONE, 12.3456, null))
        .isEqualTo("(days_late_mean_12m <= 12.3 OR days_late_mean_12m IS NULL)");
    assertThat(days.between(12.3456, NONE, null)).isEqualTo("days_late_mean_12m > 12.3");
    assertThat(days.between(1, 8, null))
        .isEqualTo(
            "((days_late_mean_12m > 1 AND days_late_mean_12m <= 8) OR days_late_mean_12m IS NULL)");
    assertThat(days.between(-NONE, 12, false)).isEqualTo("days_late_mean_12m <= 12");
    assertThat(days.between(-NONE, NONE, false)).isEqualTo("days_late_mean_12m IS NOT NULL");
    assertThat(days.between(-NONE, NONE, true)).isEqualTo("days_late_mean_12m IS NULL");
    assertThat(days.between(-NONE, NONE, null)).isEmpty();
  }

  @DisplayName("rounds limits so that the same customers stay on each side")
  @Test
  void limits() {
    assertThat(number("invoices_12m", false, true, Map.of(), 0).between(2.5, NONE, null))
        .isEqualTo("invoices_12m > 2");
    Feature.Numeric share = number("on_time_share_12m", false, false, Map.of(), 0);
    assertThat(share.between(99.97, NONE, null)).isEqualTo("on_time_share_12m > 99.97");
    assertThat(share.between(33.3333, NONE, null)).isEqualTo("on_time_share_12m > 33.3");
  }

  @DisplayName("has a limit for each currency where amounts are of several")
  @Test
  void money() {
    Map<String, Double> units = Map.of("USD", 1000.0, "CLP", 950_000.0);
    assertThat(number("open_amount", false, false, units, 0).between(1.5, NONE, null))
        .isEqualTo("open_amount > CASE currency WHEN 'CLP' THEN 1420000 WHEN 'USD' THEN 1500 END");
    assertThat(
            number("open_amount", false, false, Map.of("USD", 1000.0), 0)
                .between(-NONE, 0.12345, null))
        .isEqualTo("open_amount <= 123");
  }

  @DisplayName("names the words that it takes or leaves, whichever are closed")
  @Test
  void words() {
    Feature.Categorical open =
        new Feature.Categorical(card("industry"), true, List.of("retail", "o'hara"), true);
    assertThat(open.among(Set.of("retail"), false, false)).isEqualTo("industry = 'retail'");
    assertThat(open.among(Set.of("retail"), true, true))
        .isEqualTo("(industry <> 'o\\'hara' OR industry IS NULL)");
    assertThat(open.among(Set.of(), true, false))
        .isEqualTo("industry NOT IN ('retail', 'o\\'hara')");
    assertThat(open.among(Set.of(), false, true)).isEqualTo("industry IS NULL");
    assertThat(open.among(Set.of("retail", "o'hara"), true, false))
        .isEqualTo("industry IS NOT NULL");
    assertThat(open.among(Set.of("retail", "o'hara"), true, true)).isEmpty();
    assertThat(open.among(Set.of(), false, false)).isEqualTo("FALSE");
  }

  private static Feature.Numeric number(
      String id, boolean missing, boolean whole, Map<String, Double> units, double filled) {
    return new Feature.Numeric(card(id), missing, whole, units, false, filled, 0, 1);
  }

  private static FeatureCard card(String id) {
    return FeatureCards.load().find(id).orElseThrow();
  }
}
