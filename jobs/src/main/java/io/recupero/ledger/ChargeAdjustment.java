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
  void adjust(Books books, Account account) {
    books.charge(kind, account, fund(), row.amount());
  }
}
