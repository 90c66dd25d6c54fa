package io.recupero.ledger;

/** An application that waits in quarantine: its money is kept back, and goes nowhere. */
final class ReservationDocument extends Document {

  private final DocumentRow row;

  ReservationDocument(DocumentRow row) {
    super(row);
    this.row = row;
  }

  @Override
  String table() {
    return "reservations";
  }

  @Override
  Step step() {
    return Step.APPLICATION;
  }

  @Override
  int day(File file) {
    return NEVER;
  }

  @Override
  int changesFrom(File file) {
    PaymentDocument payment = file.payment(row.refersTo());
    return payment == null ? NEVER : payment.day(file);
  }

  @Override
  void enter(File file, Books books) {
    file.reserve(row.refersTo(), row.otherAmount());
  }

  @Override
  void leave(File file) {
    file.reserve(row.refersTo(), -row.otherAmount());
  }

  @Override
  void post(Books books, File file) {}
}
