package io.recupero.report;

import io.recupero.ledger.Money;

/** How amounts of a currency are written. */
final class Currencies {

  private static final int USUAL = 2;

  private Currencies() {}

  /** Returns the decimals of a currency; two where it is not known, so that nothing is lost. */
  static int decimals(String currency) {
    try {
      return currency == null ? USUAL : Money.decimals(currency);
    } catch (IllegalArgumentException e) {
      return USUAL;
    }
  }
}
