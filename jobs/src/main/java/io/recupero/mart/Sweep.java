package io.recupero.mart;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes down, for every receivable and mart, what changes and when: on each day that matters the
 * contribution of before is taken from its cell and the new one put into its own.
 */
final class Sweep {

  private final List<Mart> marts;
  private final Days days;
  private final Cells cells = new Cells();
  private final Contribution[] now;
  private final Contribution[] before;

  Sweep(List<Mart> marts, int horizon) {
    this.marts = marts;
    this.days = new Days(horizon);
    this.now = contributions(marts);
    this.before = contributions(marts);
  }

  private static Contribution[] contributions(List<Mart> marts) {
    return marts.stream()
        .map(mart -> new Contribution(mart.parts().size()))
        .toArray(Contribution[]::new);
  }

  void over(Debtor debtor, Consumer<InternalRow> out) {
    for (Receivable receivable : debtor.receivables.values()) {
      over(receivable, out);
    }
    for (Receivable waiting : debtor.unapplied.values()) {
      over(waiting, out);
    }
  }

  void end(Consumer<InternalRow> out) {
    cells.flush(out);
  }

  private void over(Receivable receivable, Consumer<InternalRow> out) {
    for (int mart = 0; mart < now.length; mart++) {
      days.clear();
      for (Receivable.Event event : receivable.events) {
        days.add(event.day());
      }
      receivable.debtor.addAttributeChanges(days, receivable.firstDay());
      if (!receivable.isUnapplied()) {
        marts.get(mart).changes(receivable, days);
      }
      over(receivable, mart, days.sorted(), out);
    }
  }

  private void over(Receivable receivable, int mart, int[] days, Consumer<InternalRow> out) {
    Contribution last = before[mart];
    last.clear();
    Debtor.Attributes lastWho = Debtor.Attributes.UNKNOWN;
    for (int day : days) {
      Contribution to = now[mart];
      to.clear();
      marts.get(mart).contribute(receivable, day, to);
      Debtor.Attributes who = receivable.debtor.attributesAt(day);
      if (who == lastWho && to.sameAs(last)) {
        continue;
      }
      add(receivable, mart, day, lastWho, last, -1, out);
      add(receivable, mart, day, who, to, 1, out);
      now[mart] = last;
      before[mart] = to;
      last = to;
      lastWho = who;
    }
  }

  private void add(
      Receivable receivable,
      int mart,
      int day,
      Debtor.Attributes who,
      Contribution contribution,
      int sign,
      Consumer<InternalRow> out) {
    for (Contribution.Entry entry : contribution.entries()) {
      cells.add(new Cells.Cell(mart, day, who, receivable, entry), entry.parts, sign, out);
    }
  }
}
