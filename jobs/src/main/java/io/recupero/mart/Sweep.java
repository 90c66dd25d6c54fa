package io.recupero.mart;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

  Sweep(List<Mart> marts, int horizon) {
    this.marts = marts;
    this.days = new Days(horizon);
    this.now = marts.stream().map(m -> new Contribution(m.parts().size())).toArray(Contribution[]::new);
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
    Contribution to = now[mart];
    Debtor.Attributes lastWho = null;
    String lastText = null;
    int lastNumber = 0;
    long[] last = null;
    for (int day : days) {
      to.clear();
      marts.get(mart).contribute(receivable, day, to);
      Debtor.Attributes who = receivable.debtor.attributesAt(day);
      boolean sameCell =
          last != null
              && who == lastWho
              && to.numberKey == lastNumber
              && Objects.equals(to.textKey, lastText);
      if (sameCell && Arrays.equals(last, to.parts)) {
        continue;
      }
      if (last != null) {
        cells.add(
            new Cells.Cell(mart, day, lastWho, receivable, lastText, lastNumber), last, -1, out);
      }
      if (to.isNothing()) {
        last = null;
        continue;
      }
      cells.add(
          new Cells.Cell(mart, day, who, receivable, to.textKey, to.numberKey), to.parts, 1, out);
      last = to.parts.clone();
      lastWho = who;
      lastText = to.textKey;
      lastNumber = to.numberKey;
    }
  }
}
