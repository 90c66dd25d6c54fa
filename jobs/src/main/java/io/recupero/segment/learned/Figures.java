package io.recupero.segment.learned;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Figures as tables have them. */
final class Figures {

  private static final int DIGITS = 4;

  private Figures() {}

  /** Returns a number with four decimals; null for NaN. */
  static BigDecimal decimal(double number) {
    return Double.isNaN(number)
        ? null
        : BigDecimal.valueOf(number).setScale(DIGITS, RoundingMode.HALF_EVEN);
  }

  static String sizes(long[] sizes) {
    return Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }
}
