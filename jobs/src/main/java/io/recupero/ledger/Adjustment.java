package io.recupero.ledger;

/**
 * A change of an invoice's balance that is not cash. The amount is positive; the kind has the sign.
 * It counts from its own day or from the invoice's issue date, whichever is later.
 */
abstract class Adjustment extends Document implements Reversible {

  final DocumentRow row;
  final EventKind kind;
  private Fund fund;

  Adjustment(DocumentRow row, EventKind kind) {
    super(row);
    this.row = row;
    this.kind = kind;
  }

  @Override
  public Fund fund() {
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
    if (row.invoiceId() == null) {
      return row.day();
    }
    InvoiceDocument invoice = file.invoice(row.invoiceId());
    return invoice == null ? NEVER : Math.max(row.day(), invoice.day(file));
  }

  @Override
  void enter(File file, Books books) {
    fund = new Fund(row, row.day(), false, books);
    if (row.invoiceId() != null) {
      file.refer(File.INVOICES, row.invoiceId(), this);
    }
  }

  @Override
  void post(Books books, File file) {
    long amount = row.amount() - fund.lost;
    if (amount > 0) {
      again(books, file, account(file), amount);
    }
  }

  /** Returns the account that it names; null where it names none. */
  Account account(File file) {
    return row.invoiceId() == null ? null : file.invoice(row.invoiceId()).account();
  }
}
