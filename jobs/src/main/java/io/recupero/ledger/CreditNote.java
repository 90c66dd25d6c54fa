package io.recupero.ledger;

/**
 * A credit note. Beyond the balance, and where it names no invoice, it becomes customer credit,
 * which waits like unapplied cash; of an agreement's credit note that part is credited, not
 * restructured.
 */
final class CreditNote extends Adjustment {

  CreditNote(DocumentRow row) {
    super(row, row.planId() == null ? EventKind.CREDIT_NOTE : EventKind.RESTRUCTURED);
  }

  @Override
  public void again(Books books, File file, Account account, long amount) {
    long beyond = account == null ? amount : books.take(kind, account, fund(), amount);
    books.await(fund(), beyond);
  }
}
