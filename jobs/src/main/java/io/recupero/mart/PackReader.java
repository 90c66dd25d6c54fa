package io.recupero.mart;

import com.esotericsoftware.kryo.io.Input;
import io.recupero.ledger.EventKind;
import io.recupero.mart.MartWalker.Role;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** The customers of packs, one after the other, each in its roles: see {@link PackWriter}. */
final class PackReader implements Iterator<Debtor[]> {

  private static final EventKind[] KINDS = EventKind.values();

  private final Walked walked;
  private final Iterator<InternalRow> packs;
  private final Attributes.Known knownAttributes = new Attributes.Known();
  private final Line.Known knownLines = new Line.Known();
  private final List<Attributes> attributes = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final Input in = new Input();

  PackReader(Walked walked, Iterator<InternalRow> packs) {
    this.walked = walked;
    this.packs = packs;
    in.setBuffer(new byte[0]);
  }

  /** Returns what is said of a customer of whom nothing is known. */
  Attributes nobody() {
    return knownAttributes.nothing;
  }

  @Override
  public boolean hasNext() {
    return in.position() < in.limit() || packs.hasNext();
  }

  /** Returns the next customer in each role, null in those that it is not in. */
  @Override
  public Debtor[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (in.position() == in.limit()) {
      in.setBuffer(packs.next().getBinary(0));
      attributes.clear();
      lines.clear();
    }
    Debtor[] debtors = new Debtor[Role.values().length];
    for (int role = in.readByte(); role < debtors.length; role = in.readByte()) {
      debtors[role] = debtor(Role.values()[role]);
    }
    return debtors;
  }

  private Debtor debtor(Role role) {
    Debtor debtor = new Debtor(text(), walked.zone(), walked.lookups(role), knownLines);
    for (int left = in.readInt(true); left > 0; left--) {
      int fromDay = in.readInt();
      debtor.add(fromDay, readAttributes());
    }
    for (int left = in.readInt(true); left > 0; left--) {
      Receivable receivable = receivable(debtor);
      debtor.receivables.put(receivable.id, receivable);
    }
    for (int left = in.readInt(true); left > 0; left--) {
      Receivable waiting = Receivable.unapplied(debtor, readLine());
      waiting.events = events();
      debtor.unapplied.put(new Debtor.Waiting(waiting.line, left), waiting);
    }
    for (int left = in.readInt(true); left > 0; left--) {
      debtor.dossier.learn(record());
    }
    return debtor;
  }

  private Attributes readAttributes() {
    int number = in.readInt(true);
    if (number == attributes.size()) {
      attributes.add(
          knownAttributes.of(
              in.readString(), in.readString(), in.readString(), in.readString(), in.readString()));
    }
    return attributes.get(number);
  }

  private Line readLine() {
    int number = in.readInt(true);
    if (number == lines.size()) {
      lines.add(knownLines.of(in.readString(), in.readString(), in.readString()));
    }
    return lines.get(number);
  }

  private Receivable receivable(Debtor debtor) {
    UTF8String id = text();
    Line line = readLine();
    EventKind documentKind = KINDS[in.readByte()];
    int issueDay = in.readInt(true);
    int dueDay = in.readInt(true);
    long knownAt = in.readLong();
    Receivable.Offer offer =
        in.readBoolean() ? new Receivable.Offer(in.readInt(true), in.readLong(false)) : null;
    Receivable receivable =
        new Receivable(id, debtor, line, documentKind, issueDay, dueDay, offer, knownAt);
    receivable.events = events();
    return receivable;
  }

  private List<Receivable.Event> events() {
    int size = in.readInt(true);
    List<Receivable.Event> events = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      events.add(
          new Receivable.Event(
              KINDS[in.readByte()],
              in.readLong(),
              in.readInt(true),
              in.readInt(true),
              in.readInt(true),
              in.readLong(false)));
    }
    return events;
  }

  private WorkRecord record() {
    int kind = in.readInt(true);
    String id = in.readString();
    long knownAt = in.readLong();
    String[] texts = new String[in.readInt(true)];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readString();
    }
    Long[] numbers = new Long[in.readInt(true)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readBoolean() ? in.readLong(false) : null;
    }
    return new WorkRecord(kind, id, knownAt, texts, numbers);
  }

  private UTF8String text() {
    return UTF8String.fromBytes(in.readBytes(in.readInt(true)));
  }
}
