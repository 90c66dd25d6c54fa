package io.recupero.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Map;

/** Money inside the walk: whole ten-thousandths of a currency, in a long. */
public final class Money {

  /** Decimals of every amount in the ledger: those of the currency that has most, the UF. */
  public static final int SCALE = 4;

  // The JDK's table follows ISO 4217; these two are units of account whose decimals it gives as 4
  // only in newer versions.
  private static final Map<String, Integer> UNITS_OF_ACCOUNT = Map.of("CLF", 4, "UYW", 4);

  private Money() {}

  /**
   * Returns how many decimals amounts of a currency have: 0 for CLP, 2 for USD, 4 for CLF.
   *
   * @throws IllegalArgumentException if ISO 4217 has no such currency
   */
  public static int decimals(String currency) {
    Integer known = UNITS_OF_ACCOUNT.get(currency);
    return known != null
        ? known
        : Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
  }

  /**
   * Returns the part of an amount that another amount is of its whole, rounded half up to the
   * decimals of the currency.
   */
  static long share(long amount, long part, long whole, String currency) {
    if (part == whole || amount == whole) {
      return part == whole ? amount : part;
    }
    return BigDecimal.valueOf(amount, SCALE)
        .multiply(BigDecimal.valueOf(part))
        .divide(BigDecimal.valueOf(whole), decimals(currency), RoundingMode.HALF_UP)
        .movePointRight(SCALE)
        .longValueExact();
  }
}
