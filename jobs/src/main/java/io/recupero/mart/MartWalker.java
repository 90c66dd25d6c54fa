package io.recupero.mart;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.Money;
import io.recupero.walk.GroupWalk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;

/** Between Spark's rows and the sweep: one customer's attributes, receivables and events. */
final class MartWalker implements GroupWalk.Walker {

  /** The kinds of rows, by the second column. */
  static final int ATTRIBUTES = 0;

  static final int INVOICE = 1;
  static final int EVENT = 2;

  private final Sweep sweep;
  private final Map<String, Long> minorUnits = new HashMap<>();
  private final Map<String, String> interned = new HashMap<>();
  private Debtor debtor = new Debtor();
  private List<Entry> entries = new ArrayList<>();

  private record Entry(String invoiceId, String currency, Receivable.Event event) {}

  MartWalker(List<Mart> marts, int horizon) {
    this.sweep = new Sweep(marts, horizon);
  }

  @Override
  public void row(InternalRow row) {
    switch (row.getInt(1)) {
      case ATTRIBUTES ->
          debtor.add(
              new Debtor.Attributes(
                  row.isNullAt(8) ? Integer.MIN_VALUE : row.getInt(8),
                  shared(row, 2),
                  shared(row, 3),
                  shared(row, 4),
                  shared(row, 5),
                  shared(row, 6)));
      case INVOICE -> debtor.learn(text(row, 7), receivable(row));
      case EVENT -> {
        String currency = shared(row, 2);
        entries.add(
            new Entry(
                text(row, 7),
                currency,
                new Receivable.Event(
                    EventKind.of(shared(row, 3)),
                    text(row, 4),
                    row.getInt(8),
                    row.isNullAt(9) ? Integer.MIN_VALUE : row.getInt(9),
                    row.getInt(10),
                    amount(row, currency))));
      }
      default -> throw new IllegalStateException("Cannot tell the kind of row " + row.getInt(1));
    }
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    for (Entry entry : entries) {
      Receivable of =
          entry.invoiceId == null
              ? debtor.unapplied.computeIfAbsent(
                  entry.currency, c -> Receivable.unapplied(debtor, c))
              : debtor.receivables.get(entry.invoiceId);
      if (of == null) {
        throw new IllegalStateException(
            "Cannot find invoice " + entry.invoiceId + ", which the ledger has an event of");
      }
      of.events.add(entry.event);
    }
    debtor.settle();
    sweep.over(debtor, out);
    debtor = new Debtor();
    entries = new ArrayList<>();
  }

  @Override
  public void endOfPartition(Consumer<InternalRow> out) {
    sweep.end(out);
  }

  private Receivable receivable(InternalRow row) {
    return new Receivable(
        debtor,
        shared(row, 2),
        shared(row, 3),
        shared(row, 4),
        row.isNullAt(5) ? EventKind.INVOICE : EventKind.of(shared(row, 5)),
        row.getInt(8),
        row.getInt(9),
        row.isNullAt(10) || row.isNullAt(11)
            ? null
            : new Receivable.Offer(row.getInt(10), amount(row, shared(row, 2))),
        row.getLong(12));
  }

  private long amount(InternalRow row, String currency) {
    return row.getDecimal(11, 18, Money.SCALE).toUnscaledLong() / minorUnit(currency);
  }

  private long minorUnit(String currency) {
    return minorUnits.computeIfAbsent(
        currency, c -> (long) Math.pow(10, Money.SCALE - Money.decimals(c)));
  }

  private String shared(InternalRow row, int column) {
    String text = text(row, column);
    return text == null ? null : interned.computeIfAbsent(text, t -> t);
  }

  private static String text(InternalRow row, int column) {
    return row.isNullAt(column) ? null : row.getUTF8String(column).toString();
  }
}
