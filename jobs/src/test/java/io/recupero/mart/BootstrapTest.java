package io.recupero.mart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Limits of a difference between two arms")
class BootstrapTest {

  private static final double Z = 1.959963984540054;

  /** An arm as it might have been: balances that differ widely, each paid with one chance. */
  private record Arm(long[] paid, long[] owed) {

    static Arm draw(Random random, int customers, double chance) {
      long[] paid = new long[customers];
      long[] owed = new long[customers];
      for (int i = 0; i < customers; i++) {
        owed[i] = 1 + (long) Math.exp(12 + random.nextGaussian());
        paid[i] = random.nextDouble() < chance ? owed[i] : 0;
      }
      return new Arm(paid, owed);
    }

    double rate() {
      return (double) Arrays.stream(paid).sum() / Arrays.stream(owed).sum();
    }

    /** The textbook's variance of a ratio of two means, by the delta method. */
    double variance() {
      double mean = Arrays.stream(owed).average().orElseThrow();
      double rate = rate();
      double squares = 0;
      for (int i = 0; i < owed.length; i++) {
        double rest = paid[i] - rate * owed[i];
        squares += rest * rest;
      }
      return squares / (owed.length - 1) / owed.length / mean / mean;
    }
  }

  private static Bootstrap.Limits limits(String name, Arm treatment, Arm control) {
    return Bootstrap.difference(
        Bootstrap.ratios(name + " t", treatment.paid, treatment.owed),
        Bootstrap.ratios(name + " c", control.paid, control.owed));
  }

  @DisplayName("of many customers agree with those of the normal distribution")
  @Test
  void analytic() {
    Random random = new Random(1);
    // below the number from which groups of customers are drawn, and above it
    for (int customers : new int[] {3_000, 40_000}) {
      Arm treatment = Arm.draw(random, customers, 0.45);
      Arm control = Arm.draw(random, customers, 0.35);
      Bootstrap.Limits limits = limits("many", treatment, control);
      double difference = treatment.rate() - control.rate();
      double half = Z * Math.sqrt(treatment.variance() + control.variance());
      assertThat(limits.low()).isCloseTo(difference - half, within(0.15 * half));
      assertThat(limits.high()).isCloseTo(difference + half, within(0.15 * half));
      assertThat(limits.low()).isPositive();
    }
  }

  @DisplayName("hold the truth about 95 times in 100 where nothing is different")
  @Test
  void coverage() {
    Random random = new Random(2);
    int held = 0;
    int trials = 400;
    for (int i = 0; i < trials; i++) {
      Bootstrap.Limits limits =
          limits("trial " + i, Arm.draw(random, 60, 0.4), Arm.draw(random, 60, 0.4));
      held += limits.low() <= 0 && limits.high() >= 0 ? 1 : 0;
    }
    // 95 % give or take: the percentiles of 60 customers are known to be some points too narrow
    assertThat((double) held / trials).isBetween(0.90, 0.98);
  }

  @DisplayName("come out the same again, and hang on the name of the sample")
  @Test
  void reproducible() {
    Arm arm = Arm.draw(new Random(3), 50, 0.4);
    assertThat(Bootstrap.ratios("a", arm.paid, arm.owed))
        .isEqualTo(Bootstrap.ratios("a", arm.paid, arm.owed))
        .isNotEqualTo(Bootstrap.ratios("b", arm.paid, arm.owed));
  }

  @DisplayName("of customers who are all alike leave no doubt")
  @Test
  void alike() {
    long[] paid = new long[40];
    long[] owed = new long[40];
    Arrays.fill(paid, 25);
    Arrays.fill(owed, 100);
    assertThat(Bootstrap.ratios("alike", paid, owed)).containsOnly(0.25);
  }
}
