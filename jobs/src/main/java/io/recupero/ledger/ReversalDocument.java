package io.recupero.ledger;

/**
 * The reversal of a payment (a bounced cheque) or of an adjustment: undoes all that came out of it.
 * A reversed charge that was already paid leaves a credit, which belongs to the reversal.
 */
final class ReversalDocument extends Document {

  private final DocumentRow row;
  private final boolean ofPayment;
  private Fund credit;

  ReversalDocument(DocumentRow row, boolean ofPayment) {
    super(row);
    this.row = row;
    this.ofPayment = ofPayment;
  }

  @Override
  String table() {
    return ofPayment ? File.PAYMENTS : File.ADJUSTMENTS;
  }

  @Override
  Step step() {
    return Step.REVERSAL;
  }

  @Override
  int day(File file) {
    return reversed(file) == null ? NEVER : row.day();
  }

  @Override
  void enter(File file, Books books) {
    credit =
        new Fund(
            row.id(),
            row.customerId(),
            row.currency(),
            row.day(),
            false,
            books.wallet(row.customerId(), row.currency()));
    file.refer(table(), row.refersTo(), this);
  }

  @Override
  void post(Books books, File file) {
    books.reverse(reversed(file), credit);
  }

  private Fund reversed(File file) {
    if (ofPayment) {
      PaymentDocument payment = file.payment(row.refersTo());
      return payment == null ? null : payment.fund();
    }
    Adjustment adjustment = file.adjustment(row.refersTo());
    return adjustment == null ? null : adjustment.fund();
  }
}
