package io.recupero.mart;

import com.esotericsoftware.kryo.io.Output;
import io.recupero.mart.MartWalker.Role;
import io.recupero.walk.GroupWalk;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Takes customers in, once for all marts, and hands them over packed, several customers a row, for
 * {@link PackReader}: to sort and take in rows again for each mart costs more than all sweeps.
 *
 * <p>Each pack can be read alone. What customers share (attributes, lines) is written where it is
 * met first in the pack; afterwards its number is enough.
 */
final class PackWriter implements GroupWalk.Walker {

  static final StructType SCHEMA = new StructType().add("pack", DataTypes.BinaryType, false);

  /** Some hundred customers; few enough that the last pack of a partition is no waste. */
  private static final int FULL = 1 << 16;

  private final DebtorRows debtors;
  private final Output out = new Output(FULL, -1);
  private final Map<Attributes, Integer> attributes = new IdentityHashMap<>();
  private final Map<Line, Integer> lines = new IdentityHashMap<>();

  PackWriter(Walked walked) {
    this.debtors = new DebtorRows(walked);
  }

  @Override
  public void row(InternalRow row) {
    debtors.take(row);
  }

  @Override
  public void endOfGroup(Consumer<InternalRow> rows) {
    Debtor[] ended = debtors.end();
    for (int role = 0; role < ended.length; role++) {
      if (ended[role] != null) {
        out.writeByte(role);
        write(ended[role]);
      }
    }
    out.writeByte(Role.values().length);
  }

  @Override
  public Iterator<InternalRow> collected(boolean last) {
    if (out.position() == 0 || !last && out.position() < FULL) {
      return Collections.emptyIterator();
    }
    InternalRow pack = new GenericInternalRow(new Object[] {out.toBytes()});
    out.clear();
    attributes.clear();
    lines.clear();
    return List.of(pack).iterator();
  }

  private void write(Debtor debtor) {
    text(debtor.customerId);
    out.writeInt(debtor.versions().size(), true);
    for (Debtor.Version version : debtor.versions()) {
      out.writeInt(version.fromDay());
      write(version.attributes());
    }
    out.writeInt(debtor.receivables.size(), true);
    debtor.receivables.values().forEach(this::write);
    out.writeInt(debtor.unapplied.size(), true);
    for (Receivable waiting : debtor.unapplied.values()) {
      write(waiting.line);
      events(waiting);
    }
    out.writeInt(debtor.dossier.records().size(), true);
    debtor.dossier.records().forEach(this::write);
  }

  private void write(Attributes who) {
    if (isNew(attributes, who)) {
      out.writeString(who.segment());
      out.writeString(who.country());
      out.writeString(who.region());
      out.writeString(who.industry());
      out.writeString(who.companySize());
    }
  }

  private void write(Line line) {
    if (isNew(lines, line)) {
      out.writeString(line.portfolio());
      out.writeString(line.debtType());
      out.writeString(line.currency());
    }
  }

  /** Writes the number in this pack; of what is new, the next one. */
  private <T> boolean isNew(Map<T, Integer> known, T one) {
    int next = known.size();
    int number = known.computeIfAbsent(one, it -> next);
    out.writeInt(number, true);
    return number == next;
  }

  private void write(Receivable receivable) {
    text(receivable.id);
    write(receivable.line);
    out.writeByte(receivable.documentKind.ordinal());
    out.writeInt(receivable.issueDay, true);
    out.writeInt(receivable.dueDay, true);
    out.writeLong(receivable.knownAt);
    out.writeBoolean(receivable.offer != null);
    if (receivable.offer != null) {
      out.writeInt(receivable.offer.untilDay(), true);
      out.writeLong(receivable.offer.amount(), false);
    }
    events(receivable);
  }

  private void events(Receivable receivable) {
    out.writeInt(receivable.events.size(), true);
    for (Receivable.Event event : receivable.events) {
      out.writeByte(event.kind().ordinal());
      out.writeLong(event.source());
      out.writeInt(event.day(), true);
      out.writeInt(event.paidDay(), true);
      out.writeInt(event.order(), true);
      out.writeLong(event.amount(), false);
    }
  }

  private void write(WorkRecord record) {
    out.writeInt(record.kind(), true);
    out.writeString(record.id());
    out.writeLong(record.knownAt());
    out.writeInt(record.texts().length, true);
    for (String text : record.texts()) {
      out.writeString(text);
    }
    out.writeInt(record.numbers().length, true);
    for (Long number : record.numbers()) {
      out.writeBoolean(number != null);
      if (number != null) {
        out.writeLong(number, false);
      }
    }
  }

  private void text(UTF8String text) {
    byte[] bytes = text.getBytes();
    out.writeInt(bytes.length, true);
    out.writeBytes(bytes);
  }
}
