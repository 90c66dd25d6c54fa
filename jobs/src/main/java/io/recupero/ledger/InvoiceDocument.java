package io.recupero.ledger;

/** An invoice, debit note or instalment: opens with its amount on its issue date. */
final class InvoiceDocument extends Document {

  private final DocumentRow row;
  private Account account;

  InvoiceDocument(DocumentRow row) {
    super(row);
    this.row = row;
  }

  Account account() {
    return account;
  }

  @Override
  String table() {
    return File.INVOICES;
  }

  @Override
  Step step() {
    return Step.CHARGE;
  }

  @Override
  int day(File file) {
    return row.day();
  }

  @Override
  void enter(File file, Books books) {
    account =
        new Account(
            row.id(),
            row.customerId(),
            row.currency(),
            row.day(),
            row.dueDay(),
            books.wallet(row.customerId(), row.currency()));
  }

  @Override
  void post(Books books, File file) {
    books.charge(EventKind.of(row.kind()), account, null, row.amount());
  }
}
