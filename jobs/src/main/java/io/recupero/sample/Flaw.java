package io.recupero.sample;

import java.util.Locale;

/**
 * The records that break a rule, or nearly do. Each is written beside the ordinary ones and none of
 * the ordinary ones needs it.
 */
enum Flaw {
  DUPLICATE_INVOICE("factura repetida idéntica", "identical invoice twice"),
  DUPLICATE_PAYMENT("pago repetido idéntico", "identical payment twice"),
  CONFLICTING_INVOICE("factura repetida distinta", "invoice twice, different"),
  UNKNOWN_CUSTOMER("factura de cliente desconocido", "invoice of an unknown customer"),
  PAYMENT_OF_UNKNOWN_CUSTOMER("pago de cliente desconocido", "payment of an unknown customer"),
  UNKNOWN_INVOICE("imputación a factura desconocida", "application to an unknown invoice"),
  ADJUSTMENT_OF_UNKNOWN_INVOICE(
      "ajuste de factura desconocida", "adjustment of an unknown invoice"),
  BEYOND_PAYMENT("imputación mayor que su pago", "application beyond its payment"),
  DUE_BEFORE_ISSUE("vence antes de emitirse", "due before issue"),
  NEGATIVE_AMOUNT("monto negativo", "negative amount"),
  ZERO_AMOUNT("monto cero", "zero amount"),
  DECIMALS_IN_PESOS("decimales en CLP", "decimals in CLP"),
  UNKNOWN_CURRENCY("moneda desconocida", "unknown currency"),
  YEAR_0202("año 0202", "year 0202"),
  YEAR_2205("año 2205", "year 2205"),
  UNPARSEABLE_DATE("fecha imposible", "date that does not exist"),
  UNPARSEABLE_AMOUNT("monto ilegible", "unreadable amount"),
  FORMULA_IN_NAME("fórmula en un nombre", "formula in a name"),
  NEWLINE_IN_NAME("salto de línea en un nombre", "line break in a name");

  final String es;
  final String en;

  Flaw(String es, String en) {
    this.es = es;
    this.en = en;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether only text can carry it: typed files have no such rows. */
  boolean textOnly() {
    return this == UNPARSEABLE_DATE || this == UNPARSEABLE_AMOUNT;
  }

  static Flaw inTurn(long turn) {
    return values()[(int) (turn % values().length)];
  }
}
