package io.recupero.ledger;

/**
 * A discount, write-off or withholding: takes away what it can. A discount or withholding beyond
 * the balance makes room for itself: cash of the invoice waits again. What is beyond that, and a
 * write-off beyond the balance, is cut, with a finding.
 */
final class Reduction extends Adjustment {

  Reduction(DocumentRow row) {
    super(row, EventKind.of(row.kind()));
  }

  @Override
  public void again(Books books, File file, Account account, long amount) {
    if (kind != EventKind.WRITE_OFF) {
      Undoing.releaseCash(books, account, amount - account.balance);
    }
    if (books.take(kind, account, fund(), amount) > 0) {
      books.note(kind, account, fund(), LedgerFinding.BEYOND_BALANCE);
    }
  }
}
