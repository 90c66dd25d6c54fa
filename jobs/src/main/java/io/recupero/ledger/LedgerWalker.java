package io.recupero.ledger;

import io.recupero.walk.GroupWalk;
import java.util.ArrayList;
import java.util.HashMap;
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
  private List<Document> documents = new ArrayList<>();
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
    String id = text(row, 2);
    String customer = text(row, 3);
    String invoice = text(row, 5);
    String refersTo = text(row, 6);
    int dueDay = day(row, 8);
    long amount = amount(row, 9);
    documents.add(
        Documents.of(
            new DocumentRow(
                kind,
                id == null ? ApplicationDocument.id(refersTo, invoice, dueDay) : id,
                customer == null ? party : customer,
                shared(row, 4),
                invoice,
                refersTo,
                day(row, 7),
                dueDay,
                amount,
                row.isNullAt(10) ? amount : amount(row, 10),
                text(row, 11),
                row.getLong(12))));
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> out) {
    Walk.over(documents, allocate, event -> out.accept(row(event)));
    documents = new ArrayList<>();
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
