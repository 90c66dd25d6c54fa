package io.recupero.mart;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/** Sweeps one customer after the other, and hands over the cells of a mart. */
final class MartWalker implements Iterator<InternalRow> {

  /** What becomes of a customer's rows. */
  enum Role {
    /** It is written down whole. */
    NOW,
    /** It is as it was written down the last time, and is taken back whole. */
    BEFORE,
    /** It is as it was: only the days that have passed since are written down. */
    STANDING
  }

  private final PackReader customers;
  private final Cells cells;
  private final CellRows rows;
  private final Sweep[] sweeps;
  private Iterator<InternalRow> full = Collections.emptyIterator();
  private boolean ended;

  /** Walks the customers of the packs of a partition. */
  MartWalker(Mart mart, Walked walked, Iterator<InternalRow> packs) {
    this.customers = new PackReader(walked, packs);
    this.cells = new Cells(mart);
    this.rows = new CellRows(mart);
    int horizon = walked.horizon();
    int lastHorizon = walked.lastHorizon();
    this.sweeps =
        new Sweep[] {
          sweep(mart, Sweep.Span.until(horizon), 1),
          sweep(mart, Sweep.Span.until(lastHorizon), -1),
          sweep(mart, new Sweep.Span(lastHorizon + 1, horizon), 1)
        };
  }

  private Sweep sweep(Mart mart, Sweep.Span span, int sign) {
    return new Sweep(mart, span, sign, cells, customers.nobody());
  }

  @Override
  public boolean hasNext() {
    while (!full.hasNext() && !ended) {
      if (customers.hasNext()) {
        sweep(customers.next());
      } else {
        ended = true;
      }
      if (ended || cells.isFull()) {
        full = rows.of(cells.take());
      }
    }
    return full.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return full.next();
  }

  private void sweep(Debtor[] roles) {
    for (int role = 0; role < roles.length; role++) {
      if (roles[role] != null) {
        sweeps[role].over(roles[role]);
      }
    }
  }
}
