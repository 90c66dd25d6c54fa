package io.recupero.sample;

import java.util.SplittableRandom;

/**
 * A stream of chances of its own for every path of numbers, such as (seed, customer, part): who
 * draws first or on which machine changes nothing. It takes only {@code nextLong} from the library,
 * whose values no Java release has changed, and {@link StrictMath}, so the bytes stay the same.
 */
final class Draw {

  private final SplittableRandom bits;

  Draw(long... path) {
    bits = new SplittableRandom(mixed(path));
  }

  /** Returns a number that depends on the whole path and looks random. */
  static long mixed(long... path) {
    long mix = 0;
    for (long step : path) {
      mix = new SplittableRandom(mix ^ (step * 0x9E3779B97F4A7C15L)).nextLong();
    }
    return mix;
  }

  /** Returns 0 to bound - 1. */
  int below(int bound) {
    return (int) (((bits.nextLong() >>> 33) * bound) >>> 31);
  }

  /** Returns a number from low to high, both included. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  boolean chance(double share) {
    return uniform() < share;
  }

  double uniform() {
    return (bits.nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Returns a draw of the log-normal distribution with median 1. */
  double logNormal(double sigma) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return StrictMath.exp(sigma * radius * StrictMath.cos(2 * StrictMath.PI * uniform()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }

  /** Returns a choice, weighted: {@code of("a", 3, "b", 1)} is three times in four "a". */
  String weighted(Object... choicesAndWeights) {
    int total = 0;
    for (int i = 1; i < choicesAndWeights.length; i += 2) {
      total += (Integer) choicesAndWeights[i];
    }
    int drawn = below(total);
    int i = 0;
    while (drawn >= (Integer) choicesAndWeights[i + 1]) {
      drawn -= (Integer) choicesAndWeights[i + 1];
      i += 2;
    }
    return (String) choicesAndWeights[i];
  }
}
