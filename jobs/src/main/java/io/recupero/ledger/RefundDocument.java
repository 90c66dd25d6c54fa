package io.recupero.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What is given back to a customer: cash of the payment it names first, then other cash that waits,
 * then customer credit, each oldest first, as much as there is. Where the payment is reversed
 * later, what was given back out of it is owed, as a receivable under the refund's id.
 */
final class RefundDocument extends Document {

  private final DocumentRow row;
  private Fund fund;
  private Account owed;

  RefundDocument(DocumentRow row) {
    super(row);
    this.row = row;
  }

  @Override
  String table() {
    return File.REFUNDS;
  }

  @Override
  Step step() {
    return Step.REFUND;
  }

  @Override
  int day(File file) {
    return row.day();
  }

  /** A payment that it names is held back for it from the day of the payment on. */
  @Override
  int changesFrom(File file) {
    PaymentDocument payment = file.payment(row.refersTo());
    return payment == null ? row.day() : Math.min(row.day(), payment.day(file));
  }

  @Override
  void enter(File file, Books books) {
    fund = new Fund(row, row.day(), true, books);
    owed =
        new Account(
            row.invoiceId() == null ? row.id() : row.invoiceId(),
            row.customerId(),
            row.currency(),
            row.day(),
            row.day(),
            fund.wallet);
    if (row.refersTo() != null) {
      file.refer(File.PAYMENTS, row.refersTo(), this);
      file.hold(row.refersTo(), this);
    }
  }

  @Override
  void leave(File file) {
    file.release(row.refersTo(), this);
  }

  /** Returns how much of a fund's waiting money it will take after a day. */
  long holds(Fund of, int day) {
    return agendaDay > day && of.wallet == fund.wallet ? row.amount() : 0;
  }

  @Override
  void post(Books books, File file) {
    List<Fund> named = new ArrayList<>(1);
    List<Fund> cash = new ArrayList<>();
    List<Fund> credit = new ArrayList<>();
    for (Fund waiting : fund.wallet.waiting) {
      boolean isNamed = waiting.cash && waiting.id.equals(row.refersTo());
      (isNamed ? named : waiting.cash ? cash : credit).add(waiting);
    }
    long left = row.amount();
    for (Fund from : named) {
      left = giveBack(books, from, left, 0);
    }
    for (Fund from : cash) {
      left = giveBack(books, from, left, file.held(from, books.day()));
    }
    for (Fund from : cash) {
      left = giveBack(books, from, left, 0);
    }
    for (Fund from : credit) {
      left = giveBack(books, from, left, 0);
    }
    if (left > 0) {
      books.note(EventKind.REFUND, null, fund, LedgerFinding.REFUND_BEYOND_UNAPPLIED_CASH);
    }
  }

  private long giveBack(Books books, Fund from, long left, long held) {
    long part = Math.min(left, from.waiting - held);
    if (part <= 0) {
      return left;
    }
    books.use(EventKind.REFUND, owed, 0, from, -part, 0, 0);
    return left - part;
  }
}
