package io.recupero.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One walk over all documents of a customer (or of customers who pay for each other), on both
 * clocks.
 *
 * <p>Documents are taken in the order in which they became known. Each time, the books are wound
 * back to the first day that the news touches, that day and all later ones are posted again with
 * everything known, and what differs from before is emitted as events known at that time. So the
 * events known until any moment add up to what the books said then, and a replay emits the same.
 */
final class Walk implements Iterator<LedgerEvent> {

  private static final Comparator<Document> WITHIN_DAY =
      (a, b) -> {
        int order = a.step().compareTo(b.step());
        return order != 0 ? order : a.compareWithin(b);
      };

  private final List<Document> documents;
  private final boolean allocate;
  private final Books books = new Books();
  private final File file = new File();
  private final TreeMap<Integer, List<Document>> agenda = new TreeMap<>();
  private final ArrayDeque<LedgerEvent> ready = new ArrayDeque<>();
  private int learned;

  private Walk(List<Document> documents, boolean allocate) {
    this.documents = documents;
    this.allocate = allocate;
  }

  /**
   * Returns the events of documents, in the order of knowledge, each step of it made when it is
   * asked for.
   *
   * @param documents are sorted, and the walk's from now on
   * @param allocate whether waiting money goes to open invoices by itself
   */
  static Iterator<LedgerEvent> over(List<Document> documents, boolean allocate) {
    documents.sort(
        Comparator.comparingLong((Document d) -> d.knownAt).thenComparing(Document::byKey));
    return new Walk(documents, allocate);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && learned < documents.size()) {
      int from = learned;
      long knownAt = documents.get(from).knownAt;
      while (learned < documents.size() && documents.get(learned).knownAt == knownAt) {
        learned++;
      }
      learn(documents.subList(from, learned), knownAt);
    }
    return !ready.isEmpty();
  }

  @Override
  public LedgerEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.poll();
  }

  private void learn(List<Document> news, long knownAt) {
    int from = Document.NEVER;
    for (Document document : news) {
      Document before = file.replace(document);
      if (before != null) {
        from = Math.min(from, Math.min(before.agendaDay, before.changesFrom(file)));
        if (before.isEntered) {
          before.leave(file);
        }
        unschedule(before);
      }
    }
    for (Document document : news) {
      if (file.isCurrent(document)) {
        document.enter(file, books);
        document.isEntered = true;
      }
    }
    // Each of them once: the day of an application depends on its payment and on its invoice.
    Set<Document> moved = new LinkedHashSet<>();
    Deque<Document> next = new ArrayDeque<>(news);
    while (!next.isEmpty()) {
      Document document = next.poll();
      if (moved.add(document)) {
        next.addAll(file.referringTo(document));
      }
    }
    for (Document document : moved) {
      if (file.isCurrent(document)) {
        int was = document.agendaDay;
        from = Math.min(from, Math.min(was, schedule(document)));
      }
    }
    if (from == Document.NEVER) {
      return;
    }
    List<Move> before = books.rewind(from);
    agenda.tailMap(from, true).forEach(this::post);
    emit(before, books.since(from), knownAt, ready::add);
  }

  private int schedule(Document document) {
    unschedule(document);
    int day = document.day(file);
    document.agendaDay = day;
    if (day != Document.NEVER) {
      agenda.computeIfAbsent(day, d -> new ArrayList<>(4)).add(document);
    }
    return Math.min(day, document.changesFrom(file));
  }

  private void unschedule(Document document) {
    if (document.agendaDay != Document.NEVER) {
      agenda.get(document.agendaDay).remove(document);
      document.agendaDay = Document.NEVER;
    }
  }

  private void post(int day, List<Document> documents) {
    documents.sort(WITHIN_DAY);
    books.open(day);
    for (Document document : documents) {
      document.post(books, file);
    }
    books.close(allocate, fund -> file.held(fund, day));
  }

  /**
   * Hands over what differs, one day after the other: postings of two days have nothing to do with
   * each other, and of a debtor with a hundred thousand invoices all of them together are too many.
   */
  private static void emit(
      List<Move> before, List<Move> after, long knownAt, Consumer<LedgerEvent> events) {
    int was = 0;
    int is = 0;
    while (was < before.size() || is < after.size()) {
      int day = Math.min(dayAt(before, was), dayAt(after, is));
      int wasTo = endOf(day, before, was);
      int isTo = endOf(day, after, is);
      emitDay(before.subList(was, wasTo), after.subList(is, isTo), knownAt, events);
      was = wasTo;
      is = isTo;
    }
  }

  private static int dayAt(List<Move> moves, int place) {
    return place < moves.size() ? moves.get(place).day() : Integer.MAX_VALUE;
  }

  private static int endOf(int day, List<Move> moves, int from) {
    int to = from;
    while (dayAt(moves, to) == day && to < moves.size()) {
      to++;
    }
    return to;
  }

  /** What both days begin with, and what both end with, is no news: mostly all but one posting. */
  private static void emitDay(
      List<Move> before, List<Move> after, long knownAt, Consumer<LedgerEvent> events) {
    int least = Math.min(before.size(), after.size());
    int head = 0;
    int sequence = 0;
    while (head < least && before.get(head).equals(after.get(head))) {
      sequence += postings(before.get(head));
      head++;
    }
    int tail = 0;
    while (tail < least - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    Map<Posting, Change> changes = new LinkedHashMap<>();
    collect(before.subList(head, before.size() - tail), -1, sequence, changes);
    collect(after.subList(head, after.size() - tail), 1, sequence, changes);
    changes.forEach(
        (posting, change) -> {
          if (change.amount != 0 || change.finding != null) {
            events.accept(posting.event(change, knownAt));
          }
        });
  }

  private static int postings(Move move) {
    return (isOfAccount(move) ? 1 : 0) + (move.unapplied() != 0 ? 1 : 0);
  }

  private static boolean isOfAccount(Move move) {
    return move.account() != null || move.finding() != null;
  }

  private static void collect(
      List<Move> moves, int sign, int firstSequence, Map<Posting, Change> changes) {
    int sequence = firstSequence;
    for (Move move : moves) {
      if (isOfAccount(move)) {
        int place = sequence++ + (move.released() ? LedgerEvent.AFTER_ALL : 0);
        change(changes, Posting.ofAccount(move), sign, move.accountAmount(), place, move);
      }
      if (move.unapplied() != 0) {
        change(changes, Posting.ofFund(move), sign, move.unapplied(), sequence++, move);
      }
    }
  }

  private static void change(
      Map<Posting, Change> changes,
      Posting posting,
      int sign,
      long amount,
      int sequence,
      Move move) {
    Change change = changes.computeIfAbsent(posting, p -> new Change());
    change.amount = Math.addExact(change.amount, sign * amount);
    change.sequence = sequence;
    if (move.finding() != null) {
      // A finding that was already there is no news.
      change.finding = sign > 0 && !change.found ? move.finding() : null;
      change.found = sign < 0;
    }
  }

  /** What an event is about; amounts of one posting are one event. */
  private record Posting(
      int day,
      EventKind kind,
      String invoiceId,
      String customerId,
      String currency,
      String sourceId,
      int paidDay,
      boolean released) {

    static Posting ofAccount(Move move) {
      Account account = move.account();
      Fund fund = move.fund();
      return new Posting(
          move.day(),
          move.kind(),
          account == null ? null : account.invoiceId,
          account == null ? fund.customerId : account.customerId,
          account == null ? fund.currency : account.currency,
          fund == null ? account.invoiceId : fund.id,
          fund != null && fund.cash && move.kind() != EventKind.REFUND
              ? fund.day
              : Integer.MIN_VALUE,
          move.released());
    }

    static Posting ofFund(Move move) {
      Fund fund = move.fund();
      return new Posting(
          move.day(),
          move.kind() == EventKind.REFUND ? move.kind() : fund.kind(),
          null,
          fund.customerId,
          fund.currency,
          fund.id,
          fund.cash ? fund.day : Integer.MIN_VALUE,
          false);
    }

    LedgerEvent event(Change change, long knownAt) {
      return new LedgerEvent(
          kind,
          invoiceId,
          customerId,
          currency,
          change.amount,
          day,
          knownAt,
          sourceId,
          paidDay,
          change.sequence,
          change.finding);
    }
  }

  private static final class Change {
    long amount;
    int sequence;
    String finding;
    boolean found;
  }
}
