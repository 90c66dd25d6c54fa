package io.recupero.ledger;

/** Cash that came after a write-off: the balance stays as it is, the amount is told apart. */
final class WriteOffRecovery extends Adjustment {

  WriteOffRecovery(DocumentRow row) {
    super(row, EventKind.WRITE_OFF_RECOVERY);
  }

  @Override
  void adjust(Books books, Account account) {
    books.memo(kind, account, fund(), row.amount());
  }
}
