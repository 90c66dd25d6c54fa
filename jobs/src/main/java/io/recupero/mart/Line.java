package io.recupero.mart;

import io.recupero.ledger.Money;
import java.util.HashMap;
import java.util.Map;

/**
 * The dimensions of a receivable itself: portfolio, debt type and currency. Within one walk those
 * that are equal are one object with one number.
 */
final class Line {

  private final Values values;
  final int number;

  /**
   * How many ten-thousandths one minor unit is: 10,000 for CLP, 100 for USD, 1 for CLF. Of a line
   * without currency, which has no amounts, 1.
   */
  final long minorUnit;

  private Line(Values values, int number) {
    this.values = values;
    this.number = number;
    long unit = 1;
    if (values.currency != null) {
      for (int i = Money.decimals(values.currency); i < Money.SCALE; i++) {
        unit *= 10;
      }
    }
    this.minorUnit = unit;
  }

  String portfolio() {
    return values.portfolio;
  }

  String debtType() {
    return values.debtType;
  }

  String currency() {
    return values.currency;
  }

  private record Values(String portfolio, String debtType, String currency) {}

  /** All that a walk has met. */
  static final class Known {

    private final Map<Values, Line> known = new HashMap<>();

    /** The line of what belongs to no receivable. */
    final Line nothing = of(null, null, null);

    Line of(String portfolio, String debtType, String currency) {
      return known.computeIfAbsent(
          new Values(portfolio, debtType, currency), values -> new Line(values, known.size()));
    }
  }
}
