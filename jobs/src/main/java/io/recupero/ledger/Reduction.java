package io.recupero.ledger;

/**
 * A discount, write-off or withholding: takes away what it can. There is no money behind what is
 * beyond the balance, so that part is cut, and said.
 */
final class Reduction extends Adjustment {

  Reduction(DocumentRow row) {
    super(row, EventKind.of(row.kind()));
  }

  @Override
  void adjust(Books books, Account account) {
    if (books.take(kind, account, fund(), row.amount()) > 0) {
      books.note(kind, account, fund(), "beyond_balance");
    }
  }
}
