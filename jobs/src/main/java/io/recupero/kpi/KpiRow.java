package io.recupero.kpi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/**
 * One figure.
 *
 * @param kpi the id of its card
 * @param asOf the date it holds at
 * @param dimensions its group, in the order asked for; null where the attribute is missing
 * @param value in the card's unit; null where it has none
 * @param numerator as published with it; null for a figure that is no ratio
 * @param denominator as the numerator
 * @param items the number of things in the denominator
 */
public record KpiRow(
    String kpi,
    LocalDate asOf,
    List<String> dimensions,
    Double value,
    BigDecimal numerator,
    BigDecimal denominator,
    Long items) {

  private static final int DECIMALS = 12;

  /** Returns the value with twelve decimals, plain and without trailing zeros; null where none. */
  public BigDecimal exactValue() {
    return value == null || value.isNaN() || value.isInfinite()
        ? null
        : plain(new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** Returns whether there is nothing in it: such a row is left out of a list of groups. */
  boolean empty() {
    return value == null
        && (numerator == null || numerator.signum() == 0)
        && (denominator == null || denominator.signum() == 0)
        && (items == null || items == 0);
  }

  static BigDecimal plain(BigDecimal number) {
    if (number == null || number.signum() == 0) {
      return number == null ? null : BigDecimal.ZERO;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
