package io.recupero.mart;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.LedgerEvent;
import io.recupero.ledger.PromiseLedger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * An invoice, debit note or instalment with all its events, in order. Amounts are minor units of
 * its currency, days are since 1970.
 */
public final class Receivable {

  /** One event; {@code source} tells documents apart, {@code order} is its place in the day. */
  record Event(EventKind kind, long source, int day, int paidDay, int order, long amount) {

    /**
     * Returns its step of the day, as the walk takes them: charges, what is taken back, credits,
     * cash; cash that made room for a reduction last. The place within the day does not tell it
     * alone: a credit learned after a payment of the same day goes before it, and the payment's
     * event keeps the place it had.
     */
    int step() {
      if (order >= LedgerEvent.AFTER_ALL) {
        return 3;
      }
      boolean adds = amount > 0;
      if (kind.exit() == EventKind.Exit.NONE) {
        return adds ? 0 : 1;
      }
      if (adds) {
        return 1;
      }
      return kind == EventKind.CASH || kind == EventKind.CREDIT ? 3 : 2;
    }

    /** Returns the event with its amount in minor units of so many ten-thousandths. */
    Event in(long minorUnit) {
      return new Event(kind, source, day, paidDay, order, amount / minorUnit);
    }
  }

  /** A discount offered for paying until a day. */
  record Offer(int untilDay, long amount) {}

  /** Its invoice id; null of what waits unapplied. */
  final UTF8String id;

  final Debtor debtor;
  final Line line;
  final EventKind documentKind;
  final Offer offer;
  private final boolean isUnapplied;
  final int issueDay;
  final int dueDay;
  final long knownAt;
  List<Event> events = new ArrayList<>(4);

  Receivable(
      UTF8String id,
      Debtor debtor,
      Line line,
      EventKind documentKind,
      int issueDay,
      int dueDay,
      Offer offer,
      long knownAt) {
    this.id = id;
    this.debtor = debtor;
    this.line = line;
    this.documentKind = documentKind;
    this.issueDay = issueDay;
    this.dueDay = dueDay;
    this.offer = offer;
    this.knownAt = knownAt;
    this.isUnapplied = dueDay == Integer.MAX_VALUE;
  }

  /**
   * What a customer has waiting in one currency: it has no portfolio, no debt type, no due date.
   */
  static Receivable unapplied(Debtor debtor, Line line) {
    return new Receivable(null, debtor, line, null, 0, Integer.MAX_VALUE, null, 0);
  }

  /** Brings events into order and lets those cancel out that later knowledge took back. */
  void settle() {
    if (events.size() == 1) {
      return;
    }
    List<Event> net = new ArrayList<>(events.size());
    for (Event event : events) {
      int same = indexOfSame(net, event);
      if (same < 0) {
        net.add(event);
      } else {
        Event other = net.get(same);
        net.set(
            same,
            new Event(
                event.kind,
                event.source,
                event.day,
                event.paidDay,
                Math.max(event.order, other.order),
                Math.addExact(event.amount, other.amount)));
      }
    }
    net.removeIf(event -> event.amount == 0);
    net.sort(
        Comparator.comparingInt(Event::day)
            .thenComparingInt(Event::step)
            .thenComparingInt(Event::order));
    events = net;
  }

  private static int indexOfSame(List<Event> events, Event event) {
    for (int i = 0; i < events.size(); i++) {
      Event other = events.get(i);
      if (other.day == event.day
          && other.kind == event.kind
          && other.paidDay == event.paidDay
          && other.source == event.source
          && other.order >= LedgerEvent.AFTER_ALL == event.order >= LedgerEvent.AFTER_ALL) {
        return i;
      }
    }
    return -1;
  }

  /** Returns what is owed at the close of a day. */
  long balanceAt(int day) {
    long balance = 0;
    for (Event event : events) {
      if (event.day > day) {
        break;
      }
      if (event.kind.movesBalance()) {
        balance += event.amount;
      }
    }
    return balance;
  }

  /** Returns the cash applied from one day to another, both with, net of reversals. */
  long cashBetween(int from, int to) {
    long cash = 0;
    for (Event event : events) {
      if (event.day > to) {
        break;
      }
      if (event.day >= from && event.kind == EventKind.CASH) {
        cash -= event.amount;
      }
    }
    return cash;
  }

  /**
   * Returns the cash of each payment that a day's close has not taken back, oldest first, in
   * ten-thousandths: what is taken back is the latest of that payment.
   */
  List<PromiseLedger.Piece> cashPieces(int day) {
    List<Event> pieces = new ArrayList<>(2);
    for (Event event : events) {
      if (event.kind != EventKind.CASH) {
        continue;
      }
      if (event.amount < 0) {
        pieces.add(event);
      } else if (event.day <= day) {
        takeBack(pieces, event);
      }
    }
    return pieces.stream()
        .map(
            piece ->
                new PromiseLedger.Piece(
                    piece.source, line.currency(), piece.day, -piece.amount * line.minorUnit))
        .toList();
  }

  private static void takeBack(List<Event> pieces, Event event) {
    long left = event.amount;
    for (int i = pieces.size() - 1; i >= 0 && left > 0; i--) {
      Event piece = pieces.get(i);
      if (piece.source == event.source) {
        long rest = Math.min(0, piece.amount + left);
        left -= rest - piece.amount;
        pieces.remove(i);
        if (rest < 0) {
          pieces.add(
              i, new Event(piece.kind, piece.source, piece.day, piece.paidDay, piece.order, rest));
        }
      }
    }
  }

  /** Adds the spells [from, until) in which something is owed more than {@code k} days past due. */
  void addSpellsLaterThan(int k, List<int[]> spells) {
    int lateFrom = dueDay + k + 1;
    long balance = 0;
    int openSince = Integer.MIN_VALUE;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      balance += event.kind.movesBalance() ? event.amount : 0;
      boolean endOfDay = i + 1 == events.size() || events.get(i + 1).day > event.day;
      if (!endOfDay) {
        continue;
      }
      boolean isOpen = balance > 0;
      if (isOpen && openSince == Integer.MIN_VALUE) {
        openSince = event.day;
      } else if (!isOpen && openSince != Integer.MIN_VALUE) {
        addSpell(Math.max(openSince, lateFrom), event.day, spells);
        openSince = Integer.MIN_VALUE;
      }
    }
    if (openSince != Integer.MIN_VALUE) {
      addSpell(Math.max(openSince, lateFrom), Integer.MAX_VALUE, spells);
    }
  }

  private static void addSpell(int from, int until, List<int[]> spells) {
    if (from < until) {
      spells.add(new int[] {from, until});
    }
  }

  /**
   * Returns the event by which the balance last reached zero, or null if it is open on that day.
   */
  Event lastZero(int day) {
    long balance = 0;
    Event reached = null;
    for (Event event : events) {
      if (event.day > day) {
        break;
      }
      if (event.kind.movesBalance() && event.amount != 0) {
        boolean wasOpen = balance > 0;
        balance += event.amount;
        // below zero until, on the same day, the cash that makes room for it is taken off
        if (wasOpen && balance <= 0) {
          reached = event;
        }
      }
    }
    return balance == 0 ? reached : null;
  }

  /** Returns whether this is what a customer has waiting, and not a receivable at all. */
  boolean isUnapplied() {
    return isUnapplied;
  }

  /** Returns the sum of events of a kind from one day to another, both with. */
  long sum(EventKind kind, int from, int to) {
    long sum = 0;
    for (Event event : events) {
      if (event.day > to) {
        break;
      }
      if (event.day >= from && event.kind == kind) {
        sum += event.amount;
      }
    }
    return sum;
  }

  /** Returns the cash that came until {@code paidUntil} and is applied at the close of a day. */
  long cashPaidUntil(int paidUntil, int day) {
    long cash = 0;
    for (Event event : events) {
      if (event.day > day) {
        break;
      }
      if (event.kind == EventKind.CASH && event.paidDay <= paidUntil) {
        cash -= event.amount;
      }
    }
    return cash;
  }

  /** Returns credit notes (an agreement's too), customer credit used and discounts until a day. */
  long creditedUntil(int day) {
    long credited = 0;
    for (Event event : events) {
      if (event.day > day) {
        break;
      }
      EventKind.Exit exit = event.kind.exit();
      if (exit == EventKind.Exit.CREDITED || exit == EventKind.Exit.RESTRUCTURED) {
        credited -= event.amount;
      }
    }
    return credited;
  }

  /** Returns the document's own amount if it was issued from one day to another, else 0. */
  long billed(int from, int to) {
    return sum(documentKind, from, to);
  }

  /** Returns whether it is new billing; an instalment bills again what was billed before. */
  boolean isBilled() {
    return documentKind != EventKind.INSTALMENT;
  }

  boolean has(EventKind kind) {
    for (Event event : events) {
      if (event.kind == kind) {
        return true;
      }
    }
    return false;
  }

  int firstDay() {
    return events.isEmpty() ? issueDay : events.get(0).day;
  }

  int lastDay() {
    return events.isEmpty() ? issueDay : events.get(events.size() - 1).day;
  }

  boolean isClosed() {
    return balanceAt(Integer.MAX_VALUE) == 0;
  }
}
