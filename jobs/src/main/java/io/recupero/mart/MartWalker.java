package io.recupero.mart;

import io.recupero.walk.GroupWalk;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;

/** Sweeps one customer after the other, and hands over the cells of a mart. */
final class MartWalker implements GroupWalk.Walker {

  /** What becomes of a customer's rows. */
  enum Role {
    /** It is written down whole. */
    NOW,
    /** It is as it was written down the last time, and is taken back whole. */
    BEFORE,
    /** It is as it was: only the days that have passed since are written down. */
    STANDING
  }

  private final DebtorRows debtors;
  private final Cells cells;
  private final CellRows rows;
  private final Sweep[] sweeps;

  MartWalker(Mart mart, Walked walked) {
    this.debtors = new DebtorRows(walked);
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
    return new Sweep(mart, span, sign, cells, debtors.attributes.nothing);
  }

  @Override
  public void row(InternalRow row) {
    debtors.take(row);
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    Debtor[] ended = debtors.end();
    for (int role = 0; role < ended.length; role++) {
      if (ended[role] != null) {
        sweeps[role].over(ended[role]);
      }
    }
  }

  @Override
  public Iterator<InternalRow> collected(boolean last) {
    return last || cells.isFull() ? rows.of(cells.take()) : Collections.emptyIterator();
  }
}
