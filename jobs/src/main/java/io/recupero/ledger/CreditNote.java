package io.recupero.ledger;

/**
 * A credit note. Beyond the balance it becomes customer credit, which waits like unapplied cash; of
 * an agreement's credit note that part is credited, not restructured.
 */
final class CreditNote extends Adjustment {

  CreditNote(DocumentRow row) {
    super(row, row.planId() == null ? EventKind.CREDIT_NOTE : EventKind.RESTRUCTURED);
  }

  @Override
  void adjust(Books books, Account account) {
    books.await(EventKind.CREDIT, fund(), books.take(kind, account, fund(), row.amount()));
  }
}
