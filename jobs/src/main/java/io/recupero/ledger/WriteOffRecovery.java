package io.recupero.ledger;

/** Cash that came after a write-off: the balance stays as it is, the amount is reported apart. */
final class WriteOffRecovery extends Adjustment {

  private static final int DAYS_APART = 5;

  WriteOffRecovery(DocumentRow row) {
    super(row, EventKind.WRITE_OFF_RECOVERY);
  }

  @Override
  public void again(Books books, File file, Account account, long amount) {
    books.charge(kind, account, fund(), amount);
    for (Document document : file.referringTo(file.invoice(row.invoiceId()))) {
      if (document instanceof ApplicationDocument cash && cash.isSame(this, books.day(), file)) {
        books.note(kind, account, fund(), LedgerFinding.RECOVERED_TWICE);
        return;
      }
    }
  }

  /** Returns whether a payment's application seems to be the same money, seen on a day. */
  boolean isSame(DocumentRow application, int applied, int day) {
    return application.amount() == row.amount()
        && Math.max(applied, agendaDay) <= day
        && Math.abs(applied - agendaDay) <= DAYS_APART;
  }
}
