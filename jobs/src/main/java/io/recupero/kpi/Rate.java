package io.recupero.kpi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * The exchange rate for amounts at a date.
 *
 * @param asOf the date of the figure
 * @param from the currency of the amounts
 * @param to the currency asked for
 * @param rate as published; for an inverse, units of {@code from} for one of {@code to}
 * @param dated the day it was published for, on or before {@code asOf}
 * @param inverse whether it is the rate of the opposite pair
 */
public record Rate(
    LocalDate asOf, String from, String to, BigDecimal rate, LocalDate dated, boolean inverse) {

  /** Decimals of a converted amount. */
  static final int DECIMALS = 12;

  /** Returns {@code amount} converted, with {@value #DECIMALS} decimals. */
  static BigDecimal convert(BigDecimal amount, BigDecimal rate, boolean inverse) {
    return inverse
        ? amount.divide(rate, DECIMALS, RoundingMode.HALF_EVEN)
        : amount.multiply(rate).setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }
}
