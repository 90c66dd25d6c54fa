package io.recupero.ledger;

/** What is owed on one invoice, debit note or instalment. Amounts are ten-thousandths. */
final class Account {

  final String invoiceId;
  final String customerId;
  final String currency;
  final int issueDay;
  final int dueDay;
  final Wallet wallet;
  long balance;

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

  /** The order in which waiting money reaches invoices: oldest due date, issue date, id. */
  static int byAge(Account a, Account b) {
    int order = Integer.compare(a.dueDay, b.dueDay);
    if (order == 0) {
      order = Integer.compare(a.issueDay, b.issueDay);
    }
    return order != 0 ? order : a.invoiceId.compareTo(b.invoiceId);
  }
}
