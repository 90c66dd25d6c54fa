package io.recupero.ledger;

import java.time.LocalDate;

/**
 * What the debtor or the creditor said a payment is for. It counts on the latest of the day paid,
 * its own day and the invoice's issue date; cash beyond the balance waits again, with the payer.
 */
final class ApplicationDocument extends Document {

  private final DocumentRow row;

  ApplicationDocument(DocumentRow row) {
    super(row);
    this.row = row;
  }

  /**
   * Returns the key of an application: payment, invoice and, where given, its own day and line.
   *
   * @param line the source's own number of the line, or null
   */
  static String id(String payment, String invoice, int day, String line) {
    String key = payment + '|' + invoice;
    String dated = day == Integer.MIN_VALUE ? key : key + '|' + LocalDate.ofEpochDay(day);
    return line == null ? dated : dated + '|' + line;
  }

  @Override
  String table() {
    return "payment_applications";
  }

  @Override
  Step step() {
    return Step.APPLICATION;
  }

  @Override
  int day(File file) {
    PaymentDocument payment = file.payment(row.refersTo());
    InvoiceDocument invoice = file.invoice(row.invoiceId());
    if (payment == null || invoice == null) {
      return NEVER;
    }
    return Math.max(row.dueDay(), Math.max(payment.day(file), invoice.day(file)));
  }

  /** Its money is reserved from the day it was paid. */
  @Override
  int changesFrom(File file) {
    PaymentDocument payment = file.payment(row.refersTo());
    return payment == null ? NEVER : payment.day(file);
  }

  @Override
  void enter(File file, Books books) {
    file.reserve(row.refersTo(), row.otherAmount());
    file.refer(File.PAYMENTS, row.refersTo(), this);
    file.refer(File.INVOICES, row.invoiceId(), this);
  }

  @Override
  void leave(File file) {
    file.reserve(row.refersTo(), -row.otherAmount());
  }

  @Override
  void post(Books books, File file) {
    Fund fund = file.payment(row.refersTo()).fund();
    if (fund.reserved < row.otherAmount() && fund.lost == 0) {
      books.note(EventKind.CASH, null, fund, LedgerFinding.APPLICATION_BEYOND_PAYMENT);
      return;
    }
    apply(books, file, row.otherAmount());
    tellTwice(books, file, fund);
  }

  /** Applies an amount in the payment's currency, as far as it is kept back. */
  void apply(Books books, File file, long most) {
    Fund fund = file.payment(row.refersTo()).fund();
    long money = Math.min(most, fund.reserved);
    if (money > 0) {
      Account account = account(file);
      long amount = Money.share(row.amount(), money, row.otherAmount(), account.currency);
      books.apply(account, fund, amount, money, 0);
    }
  }

  private void tellTwice(Books books, File file, Fund fund) {
    Account account = account(file);
    for (Move move : account.moves) {
      if (move.kind() == EventKind.WRITE_OFF_RECOVERY
          && !move.fund().cash
          && file.find(File.ADJUSTMENTS, move.fund().id) instanceof WriteOffRecovery recovery
          && recovery.isSame(row, agendaDay, books.day())) {
        books.note(EventKind.WRITE_OFF_RECOVERY, account, fund, LedgerFinding.RECOVERED_TWICE);
        return;
      }
    }
  }

  /** Returns whether a recovery seems to be the same money, seen on a day. */
  boolean isSame(WriteOffRecovery recovery, int day, File file) {
    return file.isCurrent(this) && recovery.isSame(row, agendaDay, day);
  }

  Account account(File file) {
    return file.invoice(row.invoiceId()).account();
  }

  /** Returns its amount in the currency of its payment. */
  long money() {
    return row.otherAmount();
  }

  @Override
  int compareWithin(Document other) {
    return other instanceof ApplicationDocument that ? byPayment(that) : super.compareWithin(other);
  }

  private int byPayment(ApplicationDocument that) {
    int order = Integer.compare(row.day(), that.row.day());
    if (order == 0) {
      order = row.refersTo().compareTo(that.row.refersTo());
    }
    return order != 0 ? order : id.compareTo(that.id);
  }
}
