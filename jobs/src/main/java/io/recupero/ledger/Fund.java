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

  final boolean cash;
  final Wallet wallet;

  /** What is neither applied nor reserved. */
  long waiting;

  /** What is kept back for applications that do not count yet. */
  long reserved;

  /** From then on the fund gives nothing more. */
  boolean reversed;

  /** All that came out of this fund, oldest first. */
  final List<Move> moves = new ArrayList<>(2);

  Fund(String id, String customerId, String currency, int day, boolean cash, Wallet wallet) {
    this.id = id;
    this.customerId = customerId;
    this.currency = currency;
    this.day = day;
    this.cash = cash;
    this.wallet = wallet;
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
