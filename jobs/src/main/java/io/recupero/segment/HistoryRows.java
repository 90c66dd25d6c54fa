package io.recupero.segment;

import io.recupero.ledger.EventKind;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** From Spark's rows, as {@link FeatureFrames} shapes them, to the history of one customer. */
final class HistoryRows {

  private final Map<String, String> interned = new HashMap<>();
  private History history;

  /** Takes the next row of the customer under way. */
  void take(InternalRow row) {
    if (history == null) {
      history = new History(row.getUTF8String(0).toString());
    }
    Record record = new Record(row.getArray(3), row.getArray(4), row.getLong(2));
    switch (row.getInt(1)) {
      case FeatureFrames.EVENT -> history.debt(record.text(0)).events.add(event(record));
      case FeatureFrames.INVOICE -> history.debt(record.text(0)).versions.add(document(record));
      case FeatureFrames.PAYMENT -> history.payments.add(payment(record));
      case FeatureFrames.CUSTOMER -> history.profiles.add(profile(record));
      case FeatureFrames.CONTACT -> history.contacts.add(contact(record));
      case FeatureFrames.PROMISE -> history.promises.add(promise(record));
      case FeatureFrames.DISPUTE -> history.disputes.add(dispute(record));
      case FeatureFrames.PLAN ->
          history.plans.add(new History.Plan(record.text(0), record.day(0), record.known));
      default -> throw new IllegalStateException("Cannot tell the kind of row " + row.getInt(1));
    }
  }

  /** Ends the customer under way, and returns all that is on record of it. */
  History end() {
    History ended = history;
    ended.settle();
    history = null;
    return ended;
  }

  private History.Event event(Record r) {
    return new History.Event(
        EventKind.of(shared(r, 2)),
        shared(r, 1),
        r.text(3),
        r.day(0),
        r.day(1),
        r.number(2),
        r.known);
  }

  private History.Document document(Record r) {
    return new History.Document(
        r.text(0),
        shared(r, 1),
        shared(r, 2),
        r.day(0),
        r.day(1),
        r.day(2),
        r.isNull(3) ? 0 : r.number(3),
        r.known);
  }

  private History.Payment payment(Record r) {
    return new History.Payment(
        r.text(0), shared(r, 1), shared(r, 2), r.text(3), r.day(0), r.number(1), r.known);
  }

  private History.Profile profile(Record r) {
    return new History.Profile(
        r.day(0),
        shared(r, 0),
        shared(r, 1),
        shared(r, 2),
        shared(r, 3),
        shared(r, 4),
        shared(r, 5),
        shared(r, 6),
        shared(r, 7),
        r.day(1),
        r.isNull(2) ? null : r.number(2),
        r.known);
  }

  private History.Contact contact(Record r) {
    return new History.Contact(
        r.text(0),
        shared(r, 1),
        !"inbound".equals(shared(r, 2)),
        shared(r, 3),
        r.number(0),
        r.known);
  }

  private History.Promise promise(Record r) {
    return new History.Promise(
        r.text(0), shared(r, 1), r.text(2), r.day(0), r.day(1), r.day(2), r.number(3), r.known);
  }

  private History.Dispute dispute(Record r) {
    return new History.Dispute(
        r.text(0),
        r.text(1),
        r.day(0),
        r.day(1),
        r.isNull(2) ? Long.MAX_VALUE : r.number(2),
        r.known);
  }

  private String shared(Record record, int at) {
    String text = record.text(at);
    return text == null ? null : interned.computeIfAbsent(text, t -> t);
  }

  /** A row's texts and numbers, by their places in {@link FeatureFrames}. */
  private record Record(ArrayData texts, ArrayData numbers, long known) {

    String text(int at) {
      return texts.isNullAt(at) ? null : texts.getUTF8String(at).toString();
    }

    boolean isNull(int at) {
      return numbers.isNullAt(at);
    }

    long number(int at) {
      return numbers.getLong(at);
    }

    int day(int at) {
      return numbers.isNullAt(at) ? History.NO_DAY : (int) numbers.getLong(at);
    }
  }
}
