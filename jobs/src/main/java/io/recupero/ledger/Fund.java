package io.recupero.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an amount comes from: a payment or an adjustment. What is not used waits, and a reversal
 * finds here what to undo.
 */
final class Fund {

  final String id;
  final String customerId;
  final String currency;

  /** The day the money came, or the credit was given. */
  final int day;

  /** The whole amount of its document. */
  final long amount;

  final boolean cash;
  final Wallet wallet;

  /** What is neither applied nor reserved. */
  long waiting;

  /** What is kept back for applications that do not count yet. */
  long reserved;

  /** What reversals have taken away. */
  long lost;

  /** All that came out of this fund, oldest first. */
  final List<Move> moves = new ArrayList<>(2);

  /**
   * Makes the fund of a document.
   *
   * @param day the day the money came, or the credit was given
   * @param cash whether it is money, and not a credit
   */
  Fund(DocumentRow row, int day, boolean cash, Books books) {
    this.id = row.id();
    this.customerId = row.customerId();
    this.currency = row.currency();
    this.day = day;
    this.amount = row.amount();
    this.cash = cash;
    this.wallet = books.wallet(row.customerId(), row.currency());
  }

  /** Returns as what the fund's amounts reach an invoice. */
  EventKind kind() {
    return cash ? EventKind.CASH : EventKind.CREDIT;
  }

  /** The order of use: by date, cash first on one day, then id. */
  static int byDate(Fund a, Fund b) {
    int order = Integer.compare(a.day, b.day);
    if (order == 0) {
      order = Boolean.compare(b.cash, a.cash);
    }
    return order != 0 ? order : a.id.compareTo(b.id);
  }
}
