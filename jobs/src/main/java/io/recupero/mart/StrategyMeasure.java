package io.recupero.mart;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * What arms are compared by: a ratio of two sums over customers.
 *
 * <p>Parts are in ten-thousandths, counts too, so that one kind of number serves all.
 */
enum StrategyMeasure {
  /** Cash on what was overdue when the month began / that balance, in percent. */
  RECOVERY_RATE(1, 0, 100, List.of()),
  /** Mean days from due date to payment; what is not paid within 90 days counts as 90. */
  DAYS_TO_RECOVER(3, 2, 1, List.of()),
  /** Cost of contacts / customers. */
  COST_PER_CUSTOMER(4, -1, 1, List.of("contacts")),
  /** Disputes opened and surveys with a satisfaction of 1 or 2 / customers. */
  COMPLAINTS_PER_CUSTOMER(5, -1, 1, List.of("disputes", "surveys"));

  /** The parts of a customer's month in one currency, in the order of their numbers. */
  static final List<String> PARTS =
      List.of("overdue", "recovered", "due", "due_days", "cost", "complaints");

  /** One, in parts. */
  static final int ONE = 10_000;

  final int numerator;
  private final int denominator;
  final int factor;
  private final List<String> inputs;
  private final String id = name().toLowerCase(Locale.ROOT);

  StrategyMeasure(int numerator, int denominator, int factor, List<String> inputs) {
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

  /** Returns what a customer adds to the denominator. */
  BigDecimal denominator(BigDecimal[] parts) {
    return denominator < 0 ? BigDecimal.ONE : parts[denominator];
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
