package io.recupero.ledger;

/** Interest or a penalty: adds to what is owed. */
final class ChargeAdjustment extends Adjustment {

  ChargeAdjustment(DocumentRow row) {
    super(row, EventKind.of(row.kind()));
  }

  @Override
  Step step() {
    return Step.CHARGE;
  }

  @Override
  public void again(Books books, File file, Account account, long amount) {
    books.charge(kind, account, fund(), amount);
  }
}
