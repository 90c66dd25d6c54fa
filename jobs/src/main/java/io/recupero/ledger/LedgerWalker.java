package io.recupero.ledger;

import io.recupero.walk.GroupWalk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** Between Spark's rows and the walk: documents of a party in, its events out. */
final class LedgerWalker implements GroupWalk.Walker {

  private final boolean allocate;
  private final Map<UTF8String, String> shared = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private List<Document> documents = new ArrayList<>();
  private Iterator<LedgerEvent> events = Collections.emptyIterator();
  private String party;

  LedgerWalker(boolean allocate) {
    this.allocate = allocate;
  }

  @Override
  public void row(InternalRow row) {
    if (documents.isEmpty()) {
      party = text(row, 0);
    }
    String kind = shared(row, 1);
    String id = id(row, 2);
    String customer = id(row, 3);
    String invoice = id(row, 5);
    String refersTo = id(row, 6);
    int dueDay = day(row, 8);
    long amount = amount(row, 9);
    documents.add(
        Documents.of(
            new DocumentRow(
                kind,
                "application".equals(kind)
                    ? ApplicationDocument.id(refersTo, invoice, dueDay, id)
                    : id,
                customer == null ? party : customer,
                shared(row, 4),
                invoice,
                refersTo,
                day(row, 7),
                dueDay,
                amount,
                row.isNullAt(10) ? amount : amount(row, 10),
                id(row, 11),
                row.getLong(12))));
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    events = Walk.over(documents, allocate);
    documents = new ArrayList<>();
    ids.clear();
  }

  /** Events go out while the walk goes on: as rows, those of a large debtor would fill the heap. */
  @Override
  public Iterator<InternalRow> collected(boolean last) {
    Iterator<LedgerEvent> walked = events;
    events = Collections.emptyIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return walked.hasNext();
      }

      @Override
      public InternalRow next() {
        return LedgerWalker.row(walked.next());
      }
    };
  }

  private static InternalRow row(LedgerEvent event) {
    return new GenericInternalRow(
        new Object[] {
          event.eventId(),
          utf8(event.kind().id()),
          utf8(event.invoiceId()),
          utf8(event.customerId()),
          utf8(event.currency()),
          Decimal.createUnsafe(event.amount(), Ledger.AMOUNT_DIGITS, Money.SCALE),
          event.effectiveDay(),
          event.knownAt(),
          utf8(event.sourceId()),
          event.paidDay() == Integer.MIN_VALUE ? null : event.paidDay(),
          event.sequence(),
          utf8(event.finding())
        });
  }

  private static String text(InternalRow row, int column) {
    return row.isNullAt(column) ? null : row.getUTF8String(column).toString();
  }

  /** Ids are said again by the documents that refer to them; within a party each is kept once. */
  private String id(InternalRow row, int column) {
    String id = text(row, column);
    String known = id == null ? null : ids.putIfAbsent(id, id);
    return known == null ? id : known;
  }

  /** Texts of few values are kept once. */
  private String shared(InternalRow row, int column) {
    UTF8String text = row.getUTF8String(column);
    String known = shared.get(text);
    if (known == null) {
      known = text.toString();
      shared.put(text.clone(), known);
    }
    return known;
  }

  private static int day(InternalRow row, int column) {
    return row.isNullAt(column) ? Integer.MIN_VALUE : row.getInt(column);
  }

  private static long amount(InternalRow row, int column) {
    return row.getDecimal(column, Ledger.AMOUNT_DIGITS, Money.SCALE).toUnscaledLong();
  }

  private static UTF8String utf8(String text) {
    return text == null ? null : UTF8String.fromString(text);
  }
}
