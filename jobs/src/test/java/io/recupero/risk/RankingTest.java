package io.recupero.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Measures of what was said, worked out by hand")
class RankingTest {

  private static final int[] ONCE = {1, 1, 1, 1, 1};

  /** Five documents of five customers: late, in time, late, in time, in time. */
  private static Sample sample(double... said) {
    return new Sample(
        5,
        new int[] {0, 1, 2, 3, 4},
        new double[] {1, 0, 1, 0, 0},
        new double[] {3, 1, 2, 2, 2},
        Map.of("m", said));
  }

  @DisplayName("AUC: of six pairs, five are in order; a tie is half a pair")
  @Test
  void aucCountsPairs() {
    assertThat(ranking(0.9, 0.7, 0.6, 0.2, 0.1).auc(ONCE)).isEqualTo(5.0 / 6);
    assertThat(ranking(0.9, 0.6, 0.6, 0.2, 0.1).auc(ONCE)).isEqualTo(5.5 / 6);
    assertThat(ranking(0.5, 0.5, 0.5, 0.5, 0.5).auc(ONCE)).isEqualTo(0.5);
  }

  @DisplayName("a customer drawn twice counts twice, one not drawn not at all")
  @Test
  void customersCountAsOftenAsTheyAreDrawn() {
    // Pairs of the late 0 (twice) and 2 against the in-time 1: 0 before 1 twice, 2 after it.
    assertThat(ranking(0.9, 0.7, 0.6, 0.2, 0.1).auc(new int[] {2, 1, 1, 0, 0})).isEqualTo(2.0 / 3);
    assertThat(ranking(0.9, 0.7, 0.6, 0.2, 0.1).auc(new int[] {0, 1, 0, 2, 2})).isNaN();
  }

  @DisplayName("precision-recall: half the recall at precision 1, half at 2/3")
  @Test
  void precisionRecallGoesByTheRecallGained() {
    assertThat(ranking(0.9, 0.7, 0.6, 0.2, 0.1).precisionRecall(ONCE))
        .isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
  }

  @DisplayName("lift: of the money ranked first, how much is late, against all money")
  @Test
  void liftIsOfMoney() {
    // Half of all money is late. The first tenth, 1 of 10, is of the first document: all late.
    assertThat(ranking(0.9, 0.7, 0.6, 0.2, 0.1).lift(ONCE, 0.1)).isCloseTo(2, within(1e-12));
    // The first half: 3 late, 1 in time, 1 of the 2 of the third document.
    assertThat(ranking(0.9, 0.7, 0.6, 0.2, 0.1).lift(ONCE, 0.5)).isCloseTo(1.6, within(1e-12));
    assertThat(ranking(0.5, 0.5, 0.5, 0.5, 0.5).lift(ONCE, 0.2)).isCloseTo(1, within(1e-12));
  }

  @DisplayName("calibration: what is said in half-odds has slope 2")
  @Test
  void calibrationFindsTheSlope() {
    int each = 1000;
    double[] said = new double[2 * each];
    double[] truth = new double[2 * each];
    int[] customer = new int[2 * each];
    for (int i = 0; i < each; i++) {
      // Odds of 4 to 1 happen where 2 to 1 was said, and the other way round.
      said[i] = 2.0 / 3;
      truth[i] = i < 800 ? 1 : 0;
      said[each + i] = 1.0 / 3;
      truth[each + i] = i < 200 ? 1 : 0;
    }
    Sample sample = new Sample(1, customer, truth, said, Map.of("m", said));
    Calibration found = Calibration.of(sample, said, new int[] {1});
    assertThat(found.slope()).isCloseTo(2, within(1e-6));
    assertThat(found.intercept()).isCloseTo(0, within(1e-6));
  }

  private static Ranking ranking(double... said) {
    return new Ranking(sample(said), said);
  }
}
