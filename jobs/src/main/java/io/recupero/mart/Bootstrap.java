package io.recupero.mart;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * How far a difference of two ratios may be off: customers of each arm are drawn again and again,
 * with replacement, and the middle 95 % of the differences are kept.
 *
 * <p>The same sample under the same name gives the same draws, on any machine and in any order of
 * work. Shares are of an estimate, so floating point; amounts themselves stay exact.
 */
public final class Bootstrap {

  static final int RESAMPLES = 1_000;

  /**
   * Above so many customers random groups of them are drawn instead: the spread of so many groups
   * is that of the customers, and the work no longer grows.
   */
  static final int MOST_UNITS = 4_000;

  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /**
   * Limits of a ratio, or of a difference of two.
   *
   * @param low the 2.5 % percentile of the resamples
   * @param high the 97.5 % percentile
   */
  public record Limits(double low, double high) {}

  /**
   * Returns the ratio, sum of numerators / sum of denominators, of each resample.
   *
   * @param name what the draws hang on, beside the sample
   * @param numerators of each customer; never empty
   * @param denominators of each customer, all greater than zero
   */
  static double[] ratios(String name, double[] numerators, double[] denominators) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    SplittableRandom random =
        new SplittableRandom(UUID.nameUUIDFromBytes(bytes).getMostSignificantBits());
    int units = Math.min(numerators.length, MOST_UNITS);
    double[] above = new double[units];
    double[] below = new double[units];
    for (int i = 0; i < numerators.length; i++) {
      int unit = numerators.length == units ? i : draw(random, units);
      above[unit] += numerators[i];
      below[unit] += denominators[i];
    }
    double[] ratios = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double sumAbove = 0;
      double sumBelow = 0;
      for (int i = 0; i < units; i++) {
        int unit = draw(random, units);
        sumAbove += above[unit];
        sumBelow += below[unit];
      }
      ratios[resample] = sumAbove / sumBelow;
    }
    return ratios;
  }

  static double[] ratios(String name, long[] numerators, long[] denominators) {
    return ratios(name, doubles(numerators), doubles(denominators));
  }

  /**
   * Returns the limits of a ratio, sum of numerators / sum of denominators.
   *
   * @param name what the draws hang on, beside the sample
   * @param numerators of each unit that is drawn, in an order that does not hang on chance; never
   *     empty
   * @param denominators of each unit, all greater than zero
   */
  public static Limits ratio(String name, long[] numerators, long[] denominators) {
    double[] ratios = ratios(name, numerators, denominators);
    Arrays.sort(ratios);
    return new Limits(percentile(ratios, TAIL), percentile(ratios, 1 - TAIL));
  }

  private static double[] doubles(long[] numbers) {
    return Arrays.stream(numbers).asDoubleStream().toArray();
  }

  /** Not {@code nextInt(bound)}: how that draws is left to the JDK, and may differ in the next. */
  private static int draw(SplittableRandom random, int bound) {
    return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
  }

  /** Returns the limits of the differences of two arms, resample by resample. */
  static Limits difference(double[] treatment, double[] control) {
    double[] differences = new double[treatment.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = treatment[i] - control[i];
    }
    Arrays.sort(differences);
    return new Limits(percentile(differences, TAIL), percentile(differences, 1 - TAIL));
  }

  private static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
