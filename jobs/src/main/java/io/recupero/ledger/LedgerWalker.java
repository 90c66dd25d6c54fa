package io.recupero.ledger;

import io.recupero.walk.GroupWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** Between Spark's rows and the walk: documents of a party in, its events out. */
final class LedgerWalker implements GroupWalk.Walker {

  private final boolean allocate;
  private List<Document> documents = new ArrayList<>();

  LedgerWalker(boolean allocate) {
    this.allocate = allocate;
  }

  @Override
  public void row(InternalRow row) {
    documents.add(
        Documents.of(
            new DocumentRow(
                text(row, 1),
                text(row, 2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                text(row, 6),
                row.getInt(7),
                row.getInt(8),
                amount(row, 9),
                amount(row, 10),
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

  private static long amount(InternalRow row, int column) {
    return row.getDecimal(column, Ledger.AMOUNT_DIGITS, Money.SCALE).toUnscaledLong();
  }

  private static UTF8String utf8(String text) {
    return text == null ? null : UTF8String.fromString(text);
  }
}
