package io.recupero.ledger;

/**
 * Money received. What its applications do not claim waits for open invoices; what they claim is
 * reserved until each of them counts.
 */
final class PaymentDocument extends Document {

  private final DocumentRow row;
  private Fund fund;

  PaymentDocument(DocumentRow row) {
    super(row);
    this.row = row;
  }

  Fund fund() {
    return fund;
  }

  @Override
  String table() {
    return File.PAYMENTS;
  }

  @Override
  Step step() {
    return Step.RECEIPT;
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
    file.add(this);
  }

  @Override
  void post(Books books, File file) {
    if (!fund.reversed) {
      long reserved = Math.min(row.amount(), file.reserved(id));
      books.reserve(fund, reserved);
      books.await(EventKind.CASH, fund, row.amount() - reserved);
    }
  }
}
