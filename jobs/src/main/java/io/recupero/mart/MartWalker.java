package io.recupero.mart;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.Money;
import io.recupero.walk.GroupWalk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Between Spark's rows and the sweep: one customer's attributes, receivables and events.
 *
 * <p>A row's second column is what it is plus of which {@link Role} its customer is.
 */
final class MartWalker implements GroupWalk.Walker {

  /** The kinds of rows, by the second column. */
  static final int ATTRIBUTES = 0;

  static final int INVOICE = 1;
  static final int EVENT = 2;
  static final int WORK = 3;

  private static final int KINDS = 4;

  /** What becomes of a customer's rows. */
  enum Role {
    /** It is written down whole. */
    NOW,
    /** It is as it was written down the last time, and is taken back whole. */
    BEFORE,
    /** It is as it was: only the days that have passed since are written down. */
    STANDING;

    /** Returns the second column of rows of this role. */
    int code(int what) {
      return ordinal() * KINDS + what;
    }
  }

  private final Walked walked;
  private final Cells cells;
  private final CellRows rows;
  private final Sweep[] sweeps;
  private final Attributes.Known attributes = new Attributes.Known();
  private final Line.Known lines = new Line.Known();
  private final Map<UTF8String, String> texts = new HashMap<>();
  private final Map<UTF8String, EventKind> kinds = new HashMap<>();
  private Debtor[] debtors = debtors();
  private List<Entry> entries = new ArrayList<>();

  private record Entry(
      int role, UTF8String invoiceId, UTF8String currency, Receivable.Event event) {}

  MartWalker(Mart mart, Walked walked) {
    this.walked = walked;
    int horizon = walked.horizon();
    int lastHorizon = walked.lastHorizon();
    this.cells = new Cells(mart);
    this.rows = new CellRows(mart);
    this.sweeps =
        new Sweep[] {
          sweep(mart, Sweep.Span.until(horizon), 1),
          sweep(mart, Sweep.Span.until(lastHorizon), -1),
          sweep(mart, new Sweep.Span(lastHorizon + 1, horizon), 1)
        };
    for (EventKind kind : EventKind.values()) {
      kinds.put(UTF8String.fromString(kind.id()), kind);
    }
  }

  private Sweep sweep(Mart mart, Sweep.Span span, int sign) {
    return new Sweep(mart, span, sign, cells, attributes.nothing);
  }

  private static Debtor[] debtors() {
    return new Debtor[Role.values().length];
  }

  @Override
  public void row(InternalRow row) {
    int role = row.getInt(1) / KINDS;
    if (debtors[role] == null) {
      debtors[role] = new Debtor(row.getUTF8String(0).clone(), walked, lines);
    }
    Debtor debtor = debtors[role];
    switch (row.getInt(1) % KINDS) {
      case ATTRIBUTES ->
          debtor.add(
              row.isNullAt(8) ? Integer.MIN_VALUE : row.getInt(8),
              attributes.of(text(row, 2), text(row, 3), text(row, 4), text(row, 5), text(row, 6)));
      case INVOICE -> debtor.learn(receivable(debtor, row));
      case EVENT -> entries.add(entry(role, row));
      case WORK ->
          debtor.dossier.learn(
              WorkRecord.of(
                  row.getInt(8), row.getUTF8String(7).toString(), row.getLong(12), row, 13));
      default -> throw new IllegalStateException("Cannot tell the kind of row " + row.getInt(1));
    }
  }

  private Entry entry(int role, InternalRow row) {
    return new Entry(
        role,
        row.isNullAt(7) ? null : row.getUTF8String(7).clone(),
        row.isNullAt(7) ? row.getUTF8String(2).clone() : null,
        new Receivable.Event(
            kind(row, 3),
            row.getLong(12),
            row.getInt(8),
            row.isNullAt(9) ? Integer.MIN_VALUE : row.getInt(9),
            row.getInt(10),
            amount(row)));
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    for (Entry entry : entries) {
      Receivable of = receivable(entry);
      // Ten-thousandths until here: only the invoice tells the currency, and so its minor unit.
      of.events.add(entry.event.in(of.line.minorUnit));
    }
    for (int role = 0; role < debtors.length; role++) {
      if (debtors[role] != null) {
        debtors[role].settle();
        sweeps[role].over(debtors[role]);
      }
    }
    debtors = debtors();
    entries = new ArrayList<>();
  }

  private Receivable receivable(Entry entry) {
    Debtor debtor = debtors[entry.role];
    if (entry.invoiceId == null) {
      return debtor.unapplied.computeIfAbsent(
          lines.of(null, null, text(entry.currency)), line -> Receivable.unapplied(debtor, line));
    }
    Receivable of = debtor.receivables.get(entry.invoiceId);
    if (of == null) {
      throw new IllegalStateException(
          "Cannot find invoice " + entry.invoiceId + ", which the ledger has an event of");
    }
    return of;
  }

  @Override
  public Iterator<InternalRow> collected(boolean last) {
    return last || cells.isFull() ? rows.of(cells.take()) : Collections.emptyIterator();
  }

  private Receivable receivable(Debtor debtor, InternalRow row) {
    Line line = lines.of(text(row, 3), text(row, 4), text(row, 2));
    return new Receivable(
        row.getUTF8String(7).clone(),
        debtor,
        line,
        row.isNullAt(5) ? EventKind.INVOICE : kind(row, 5),
        row.getInt(8),
        row.getInt(9),
        row.isNullAt(10) || row.isNullAt(11)
            ? null
            : new Receivable.Offer(row.getInt(10), amount(row) / line.minorUnit),
        row.getLong(12));
  }

  private EventKind kind(InternalRow row, int column) {
    EventKind kind = kinds.get(row.getUTF8String(column));
    // a kind that is unknown here is an error that tells its name
    return kind != null ? kind : EventKind.of(row.getUTF8String(column).toString());
  }

  private static long amount(InternalRow row) {
    return row.getDecimal(11, 18, Money.SCALE).toUnscaledLong();
  }

  private String text(InternalRow row, int column) {
    return row.isNullAt(column) ? null : text(row.getUTF8String(column));
  }

  /** One object a text: there are few, and a row's own bytes are overwritten by the next. */
  private String text(UTF8String text) {
    String known = texts.get(text);
    if (known == null) {
      known = text.toString();
      texts.put(text.clone(), known);
    }
    return known;
  }
}
