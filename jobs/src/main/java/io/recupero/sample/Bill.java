package io.recupero.sample;

import java.time.LocalDate;

/**
 * A receivable while its story is told. {@link #open} knows only what was said to be for it:
 * automatic allocation is the ledger's business. Amounts are in the coin's smallest unit.
 */
final class Bill {
  final String id;
  final Coin coin;
  final LocalDate issue;
  final LocalDate due;
  final long amount;
  final String type;
  final String planId;
  String portfolio;
  String debtType;
  LocalDate discountUntil;
  Long discount;
  Object recordedAt;

  long open;

  /** Day of the last event that brought the balance to zero; null while it is open. */
  LocalDate closedOn;

  Bill(
      String id,
      Coin coin,
      LocalDate issue,
      LocalDate due,
      long amount,
      String type,
      String planId) {
    this.id = id;
    this.coin = coin;
    this.issue = issue;
    this.due = due;
    this.amount = amount;
    this.type = type;
    this.planId = planId;
    this.open = amount;
  }

  /** Lowers the balance, or raises it where the units are negative. */
  void take(long units, LocalDate day) {
    boolean wasOpen = open > 0;
    open = Math.max(0, open - units);
    if (open > 0) {
      closedOn = null;
    } else if (wasOpen) {
      closedOn = day.isBefore(issue) ? issue : day;
    }
  }
}
