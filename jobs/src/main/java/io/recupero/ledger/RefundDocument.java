package io.recupero.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Unapplied cash given back: of the payment it names first, then oldest first. A refund beyond the
 * customer's unapplied cash of its day gives back nothing and is said.
 */
final class RefundDocument extends Document {

  static final String BEYOND = "refund_beyond_unapplied_cash";

  private final DocumentRow row;
  private Fund fund;

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

  @Override
  void enter(File file, Books books) {
    fund =
        new Fund(
            row.id(),
            row.customerId(),
            row.currency(),
            row.day(),
            true,
            books.wallet(row.customerId(), row.currency()));
  }

  @Override
  void post(Books books, File file) {
    List<Fund> cash = new ArrayList<>();
    long available = 0;
    for (Fund waiting : fund.wallet.waiting) {
      if (waiting.cash) {
        cash.add(waiting.id.equals(row.refersTo()) ? 0 : cash.size(), waiting);
        available = Math.addExact(available, waiting.waiting);
      }
    }
    if (available < row.amount()) {
      books.note(EventKind.REFUND, null, fund, BEYOND);
      return;
    }
    long left = row.amount();
    for (Fund from : cash) {
      long part = Math.min(left, from.waiting);
      books.await(EventKind.REFUND, from, -part);
      left -= part;
    }
  }
}
