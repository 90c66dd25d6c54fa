package io.recupero.ledger;

import java.util.List;

/**
 * The reversal of a payment (a bounced cheque), of an adjustment, or of another reversal: takes
 * back what came out of the one, or puts back what the other took.
 */
final class ReversalDocument extends Document {

  private static final int LONGEST_CHAIN = 100;

  private final DocumentRow row;
  private final boolean ofPayment;

  /** How far its own amount has been reversed is what this fund has lost. */
  private Fund fund;

  /** How many reversals are between it and the original, itself with them. */
  private int depth;

  private List<Move> done = List.of();

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

  /** It counts when it and all that it goes back to are there. */
  @Override
  int day(File file) {
    int day = row.day();
    depth = 1;
    Document at = file.find(table(), row.refersTo());
    while (at instanceof ReversalDocument reversal && depth <= LONGEST_CHAIN) {
      day = Math.max(day, reversal.row.day());
      at = file.find(table(), reversal.row.refersTo());
      depth++;
    }
    return at instanceof Reversible ? Math.max(day, at.day(file)) : NEVER;
  }

  @Override
  void enter(File file, Books books) {
    fund = new Fund(row, row.day(), ofPayment, books);
    file.refer(table(), row.refersTo(), this);
  }

  @Override
  void post(Books books, File file) {
    Document target = file.find(table(), row.refersTo());
    Reversible original = original(file);
    Restoring restoring = new Restoring(books, file, original);
    int mark = books.mark();
    long amount = row.amount();
    if (target instanceof ReversalDocument reversal) {
      long there = restoring.amountOf(reversal.done) - reversal.fund.lost;
      amount = Math.min(amount, there);
      if (depth % 2 == 0) {
        restoring.restore(reversal.done, reversal.fund.lost, amount);
      } else {
        amount -= Undoing.takeBack(books, original.fund(), amount);
      }
    } else {
      amount -= Undoing.takeBack(books, original.fund(), amount);
    }
    done = books.after(mark);
    // what it takes from the one that it reverses, the one before that has again
    long sign = 1;
    for (Document at = target; at instanceof ReversalDocument reversal; sign = -sign) {
      books.fund(reversal.fund, 0, 0, sign * amount);
      at = file.find(table(), reversal.row.refersTo());
    }
    if (amount < row.amount()) {
      books.note(fund.kind(), null, fund, LedgerFinding.REVERSAL_BEYOND_ORIGINAL);
    }
  }

  private Reversible original(File file) {
    Document at = file.find(table(), row.refersTo());
    while (at instanceof ReversalDocument reversal) {
      at = file.find(table(), reversal.row.refersTo());
    }
    return (Reversible) at;
  }

  /** Of one day, what is reversed comes before what reverses it. */
  @Override
  int compareWithin(Document other) {
    int order = other instanceof ReversalDocument that ? Integer.compare(depth, that.depth) : 0;
    return order != 0 ? order : super.compareWithin(other);
  }
}
