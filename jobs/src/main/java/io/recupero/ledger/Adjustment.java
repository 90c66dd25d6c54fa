package io.recupero.ledger;

/**
 * A change of an invoice's balance that is not cash. The amount is positive; the kind has the sign.
 */
abstract class Adjustment extends Document {

  final DocumentRow row;
  final EventKind kind;
  private Fund fund;

  Adjustment(DocumentRow row, EventKind kind) {
    super(row);
    this.row = row;
    this.kind = kind;
  }

  /** Returns what a reversal finds to undo. */
  Fund fund() {
    return fund;
  }

  @Override
  String table() {
    return File.ADJUSTMENTS;
  }

  @Override
  Step step() {
    return Step.CREDIT;
  }

  @Override
  int day(File file) {
    return file.invoice(row.invoiceId()) == null ? NEVER : row.day();
  }

  @Override
  void enter(File file, Books books) {
    fund =
        new Fund(
            row.id(),
            row.customerId(),
            row.currency(),
            row.day(),
            false,
            books.wallet(row.customerId(), row.currency()));
    file.add(this);
    file.refer(File.INVOICES, row.invoiceId(), this);
  }

  @Override
  void post(Books books, File file) {
    if (!fund.reversed) {
      adjust(books, file.invoice(row.invoiceId()).account());
    }
  }

  abstract void adjust(Books books, Account account);
}
