package io.recupero.mart;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.Money;
import io.recupero.mart.MartWalker.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * From Spark's rows to one customer: attributes, receivables, events and the record of work.
 *
 * <p>A row's second column is what it is plus of which {@link Role} its customer is.
 */
final class DebtorRows {

  /** The kinds of rows, by the second column. */
  static final int ATTRIBUTES = 0;

  static final int INVOICE = 1;
  static final int EVENT = 2;
  static final int WORK = 3;

  private static final int KINDS = 4;

  private final Walked walked;
  final Attributes.Known attributes = new Attributes.Known();
  private final Line.Known lines = new Line.Known();
  private final Map<UTF8String, String> texts = new HashMap<>();
  private final Map<UTF8String, EventKind> kinds = new HashMap<>();
  private Debtor[] debtors = debtors();
  private List<Entry> entries = new ArrayList<>();

  private record Entry(
      int role, UTF8String invoiceId, UTF8String currency, Receivable.Event event) {}

  DebtorRows(Walked walked) {
    this.walked = walked;
    for (EventKind kind : EventKind.values()) {
      kinds.put(UTF8String.fromString(kind.id()), kind);
    }
  }

  private static Debtor[] debtors() {
    return new Debtor[Role.values().length];
  }

  /** Returns the second column of rows of a kind and role. */
  static int code(int kind, Role role) {
    return role.ordinal() * KINDS + kind;
  }

  /** Takes the next row of the customer under way. */
  void take(InternalRow row) {
    int role = row.getInt(1) / KINDS;
    if (debtors[role] == null) {
      debtors[role] =
          new Debtor(
              row.getUTF8String(0).clone(),
              walked.zone(),
              walked.lookups(Role.values()[role]),
              lines);
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

  /** Ends the customer under way: returns it in each role, null in those that it is not in. */
  Debtor[] end() {
    addOwedRefunds();
    for (Entry entry : entries) {
      Receivable of = receivable(entry);
      // Ten-thousandths until here: only the invoice tells the currency, and so its minor unit.
      of.events.add(entry.event.in(of.line.minorUnit));
    }
    Debtor[] ended = debtors;
    for (Debtor debtor : ended) {
      if (debtor != null) {
        debtor.settle();
      }
    }
    debtors = debtors();
    entries = new ArrayList<>();
    return ended;
  }

  /**
   * Adds the receivables that are no documents of the source: what was given back out of a payment
   * that was reversed later, due on the day of the reversal.
   */
  private void addOwedRefunds() {
    Map<Integer, Map<UTF8String, TreeMap<Integer, Long>>> owed = new HashMap<>();
    Map<UTF8String, UTF8String> currencies = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.invoiceId != null && entry.event.kind() == EventKind.REFUND) {
        currencies.put(entry.invoiceId, entry.currency);
        owed.computeIfAbsent(entry.role, role -> new HashMap<>())
            .computeIfAbsent(entry.invoiceId, id -> new TreeMap<>())
            .merge(entry.event.day(), entry.event.amount(), Long::sum);
      }
    }
    owed.forEach(
        (role, refunds) ->
            refunds.forEach(
                (id, days) -> {
                  int due =
                      days.entrySet().stream()
                          .filter(day -> day.getValue() > 0)
                          .map(Map.Entry::getKey)
                          .findFirst()
                          .orElse(days.firstKey()); // later knowledge took it back
                  Line line = lines.of(null, null, text(currencies.get(id)));
                  debtors[role].learn(
                      new Receivable(id, debtors[role], line, EventKind.REFUND, due, due, null, 0));
                }));
  }

  private Entry entry(int role, InternalRow row) {
    return new Entry(
        role,
        row.isNullAt(7) ? null : row.getUTF8String(7).clone(),
        row.isNullAt(2) ? null : row.getUTF8String(2).clone(),
        new Receivable.Event(
            kind(row, 3),
            row.getLong(12),
            row.getInt(8),
            row.isNullAt(9) ? Integer.MIN_VALUE : row.getInt(9),
            row.getInt(10),
            amount(row)));
  }

  private Receivable receivable(Entry entry) {
    Debtor debtor = debtors[entry.role];
    if (entry.invoiceId == null) {
      return debtor.unapplied.computeIfAbsent(
          Debtor.Waiting.of(lines.of(null, null, text(entry.currency)), entry.event),
          waiting -> Receivable.unapplied(debtor, waiting.line()));
    }
    Receivable of = debtor.receivables.get(entry.invoiceId);
    if (of == null) {
      throw new IllegalStateException(
          "Cannot find invoice " + entry.invoiceId + ", which the ledger has an event of");
    }
    return of;
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
