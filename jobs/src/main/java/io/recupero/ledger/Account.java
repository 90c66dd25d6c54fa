package io.recupero.ledger;

import java.util.ArrayList;
import java.util.List;

/** What is owed on one invoice, debit note or instalment. Amounts are ten-thousandths. */
final class Account {

  final String invoiceId;
  final String customerId;
  final String currency;
  final Wallet wallet;
  int issueDay;
  int dueDay;
  long balance;

  /** All that changed it, oldest first. */
  final List<Move> moves = new ArrayList<>(2);

  Account(
      String invoiceId,
      String customerId,
      String currency,
      int issueDay,
      int dueDay,
      Wallet wallet) {
    this.invoiceId = invoiceId;
    this.customerId = customerId;
    this.currency = currency;
    this.issueDay = issueDay;
    this.dueDay = dueDay;
    this.wallet = wallet;
  }

  /**
   * Returns what is written off and not yet recovered, where a write-off ended the invoice; or 0.
   */
  long recoverable() {
    if (balance > 0) {
      return 0;
    }
    long left = 0;
    EventKind end = null;
    for (Move move : moves) {
      if (move.kind() == EventKind.WRITE_OFF || move.kind() == EventKind.WRITE_OFF_RECOVERY) {
        left -= move.accountAmount();
      }
      if (move.accountAmount() != 0 && move.kind().movesBalance()) {
        end = move.kind();
      }
    }
    return end == EventKind.WRITE_OFF ? Math.max(0, left) : 0;
  }

  /** Lets it be due on the day on which something is owed on it first. */
  void dueFrom(int day) {
    if (moves.stream().allMatch(move -> move.accountAmount() == 0)) {
      issueDay = day;
      dueDay = day;
    }
  }

  /** The order in which waiting money reaches invoices: oldest due date, issue date, id. */
  static int byAge(Account a, Account b) {
    int order = Integer.compare(a.dueDay, b.dueDay);
    if (order == 0) {
      order = Integer.compare(a.issueDay, b.issueDay);
    }
    return order != 0 ? order : a.invoiceId.compareTo(b.invoiceId);
  }
}
