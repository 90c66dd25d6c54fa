package io.recupero.mart;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What arms are compared by: a ratio of two sums over customers.
 *
 * <p>Parts are in ten-thousandths, counts too, so that one kind of number serves all.
 */
enum StrategyMeasure {
  /** Cash on what was overdue when the month began / that balance, in percent. */
  RECOVERY_RATE(Part.RECOVERED, Part.OVERDUE, 100, List.of()),
  /** Mean days from due date to payment; what is not paid within 90 days counts as 90. */
  DAYS_TO_RECOVER(Part.DUE_DAYS, Part.DUE, 1, List.of()),
  /** Cost of contacts / customers. */
  COST_PER_CUSTOMER(Part.COST, null, 1, List.of("contacts")),
  /** Disputes opened and surveys with a satisfaction of 1 or 2 / customers. */
  COMPLAINTS_PER_CUSTOMER(Part.COMPLAINTS, null, 1, List.of("disputes", "surveys"));

  /** What a customer's month in one currency adds. */
  enum Part {
    OVERDUE,
    RECOVERED,
    DUE,
    DUE_DAYS,
    COST,
    COMPLAINTS
  }

  /** One, in parts. */
  static final int ONE = 10_000;

  private final Part numerator;

  /** Null where it is the number of customers. */
  private final Part denominator;

  final int factor;
  private final List<String> inputs;
  private final String id = name().toLowerCase(Locale.ROOT);

  StrategyMeasure(Part numerator, Part denominator, int factor, List<String> inputs) {
    this.numerator = numerator;
    this.denominator = denominator;
    this.factor = factor;
    this.inputs = inputs;
  }

  /** Returns its name in the table. */
  String id() {
    return id;
  }

  /** Returns whether it is an amount, or a ratio of amounts or of documents, of one currency. */
  boolean isOfCurrency() {
    return this != COMPLAINTS_PER_CUSTOMER;
  }

  /** Returns what a customer adds to the numerator. */
  BigDecimal numerator(Map<Part, BigDecimal> parts) {
    return parts.getOrDefault(numerator, BigDecimal.ZERO);
  }

  /** Returns what a customer adds to the denominator. */
  BigDecimal denominator(Map<Part, BigDecimal> parts) {
    return denominator == null ? BigDecimal.ONE : parts.getOrDefault(denominator, BigDecimal.ZERO);
  }

  /** Returns whether neither arm has anything to be compared by, such as a currency of no cost. */
  boolean isNothing(StrategyArms.Sample treated, StrategyArms.Sample control) {
    return treated.size() + control.size() == 0
        || this == COST_PER_CUSTOMER
            && treated.numerator().signum() == 0
            && control.numerator().signum() == 0;
  }

  /** Returns whether the source has the optional files that it is made of. */
  boolean isIn(WorkFrames frames) {
    return inputs.stream().allMatch(name -> frames.find(name).isPresent());
  }
}
