package io.recupero.segment;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.EventKind.Exit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An invoice, debit note or instalment as it was seen on a day: balance, what was paid, and when.
 */
final class DebtState {

  /**
   * Money that reached the invoice and was not taken back by the day it is seen from.
   *
   * @param sourceId the payment; of a withholding, its own source
   * @param paidDay the day the money came; of a withholding, the day it counts
   * @param appliedDay the day it counts for the balance
   * @param partial whether something was still open at the close of that day
   */
  record Piece(
      String sourceId, boolean cash, int paidDay, int appliedDay, long amount, boolean partial) {}

  private static final Comparator<Piece> OLDEST_FIRST =
      Comparator.comparingInt(Piece::appliedDay)
          .thenComparingInt(Piece::paidDay)
          .thenComparing(Piece::sourceId);

  final History.Document document;
  final String currency;

  /** What the document asked for, without interest and penalties. */
  final long billed;

  final long open;

  /** What was due on the due date: billed less credit notes and discounts by then. */
  final long expected;

  /** What came for it by the due date, by the day the money came. */
  final long receivedInTime;

  final long discounted;
  final long writtenOff;
  final List<Piece> pieces;

  private final int day;
  private final boolean restructured;
  private final int lastOpenDay;
  private final long creditedByOffer;
  private final int discountedDay;

  private DebtState(Reading reading) {
    this.day = reading.day;
    this.document = reading.document;
    this.currency = reading.currency;
    this.billed = reading.billed;
    this.open = reading.balance;
    this.expected = reading.billed - reading.takenOffBy(document.dueDay(), true);
    this.creditedByOffer = reading.takenOffBy(document.discountUntil(), false);
    this.discounted = reading.sum(EventKind.DISCOUNT);
    this.discountedDay = reading.lastDay(EventKind.DISCOUNT);
    this.writtenOff = reading.sum(EventKind.WRITE_OFF);
    this.restructured = reading.sum(EventKind.RESTRUCTURED) > 0;
    this.lastOpenDay = reading.balance > 0 ? reading.day : reading.lastOpenDay;
    this.pieces = reading.pieces();
    this.receivedInTime = receivedBy(document.dueDay(), true);
  }

  /** Returns the state at a date; null where the document was not there, or not yet known. */
  static DebtState of(History.Debt debt, int day, long known) {
    History.Document document = null;
    for (History.Document version : debt.versions) {
      if (version.known() <= known) {
        document = version;
      }
    }
    if (document == null) {
      return null;
    }
    Reading reading = new Reading(document, day);
    for (History.Event event : debt.events) {
      if (event.day() <= day && event.known() <= known) {
        reading.take(event);
      }
    }
    reading.endDay();
    // The ledger takes a document away by its counter-entry, as when it moves to another customer.
    return reading.billed > 0 ? new DebtState(reading) : null;
  }

  /** Returns what came by a day, by the day the money came. */
  long receivedBy(int last, boolean withholdings) {
    long received = 0;
    for (Piece piece : pieces) {
      if (piece.paidDay <= last && (piece.cash || withholdings)) {
        received += piece.amount;
      }
    }
    return received;
  }

  /** Returns whether nothing is open because money came, and neither written off nor replaced. */
  boolean isPaid() {
    return open == 0 && !pieces.isEmpty() && writtenOff <= 0 && !restructured;
  }

  /** Returns the day the last money came; for a paid document. */
  int paidDay() {
    int last = Integer.MIN_VALUE;
    for (Piece piece : pieces) {
      last = Math.max(last, piece.paidDay);
    }
    return last;
  }

  /** Returns days from the due date to the day the last money came; negative: early. */
  int daysLate() {
    return paidDay() - document.dueDay();
  }

  /** Returns the day the balance reached zero; of one that is not open. */
  int settledDay() {
    return lastOpenDay + 1;
  }

  /** Returns the last day a discount was given; {@link History#NO_DAY} without one. */
  int discountedDay() {
    return discountedDay;
  }

  boolean isOverdue() {
    return open > 0 && day > document.dueDay();
  }

  int daysPastDue() {
    return day - document.dueDay();
  }

  /** Returns the most days past due at any close after {@code from} with something open, or 0. */
  int longestDaysPastDue(int from) {
    return lastOpenDay > from ? Math.max(0, lastOpenDay - document.dueDay()) : 0;
  }

  /** Returns whether the discount offered was earned: cash came by its last day, and enough. */
  boolean tookOffer() {
    long cash = receivedBy(document.discountUntil(), false);
    return cash > 0 && cash >= billed - creditedByOffer - document.discountAmount();
  }

  boolean hasOffer() {
    return document.discountUntil() != History.NO_DAY && document.discountAmount() > 0;
  }

  /** Adds up the events of one document in the order of their days. */
  private static final class Reading {
    private final History.Document document;
    private final int day;
    private final List<History.Event> events = new ArrayList<>(4);
    private final List<long[]> closes = new ArrayList<>(4);
    private String currency;
    private long billed;
    private long balance;
    private int lastOpenDay = History.NO_DAY;
    private int today = History.NO_DAY;

    Reading(History.Document document, int day) {
      this.document = document;
      this.day = day;
    }

    void take(History.Event event) {
      if (event.day() != today) {
        endDay();
        if (balance > 0) {
          lastOpenDay = event.day() - 1;
        }
        today = event.day();
      }
      events.add(event);
      balance += event.amount();
      currency = event.currency();
      switch (event.kind()) {
        case INVOICE, DEBIT_NOTE, INSTALMENT -> billed += event.amount();
        default -> {}
      }
    }

    void endDay() {
      if (today != History.NO_DAY) {
        closes.add(new long[] {today, balance});
      }
    }

    long sum(EventKind kind) {
      long sum = 0;
      for (History.Event event : events) {
        if (event.kind() == kind) {
          sum -= event.amount();
        }
      }
      return sum;
    }

    int lastDay(EventKind kind) {
      int last = History.NO_DAY;
      for (History.Event event : events) {
        last = event.kind() == kind ? event.day() : last;
      }
      return last;
    }

    /** Credit notes and customer credit used by a day, and discounts where wanted. */
    long takenOffBy(int last, boolean discounts) {
      long sum = 0;
      for (History.Event event : events) {
        Exit exit = event.kind().exit();
        boolean credit = exit == Exit.CREDITED || exit == Exit.RESTRUCTURED;
        if (credit && event.day() <= last && (discounts || event.kind() != EventKind.DISCOUNT)) {
          sum -= event.amount();
        }
      }
      return sum;
    }

    /** Nets what was taken back against what came from the same source, the latest first. */
    List<Piece> pieces() {
      List<Piece> pieces = new ArrayList<>(2);
      for (History.Event event : events) {
        if (event.kind().exit() != Exit.PAID || event.amount() == 0) {
          continue;
        }
        boolean cash = event.kind() == EventKind.CASH;
        int paid = cash && event.paidDay() != History.NO_DAY ? event.paidDay() : event.day();
        long came = -event.amount();
        if (came < 0) {
          came = -takeBack(pieces, event.sourceId(), cash, -came);
        }
        int same = came > 0 ? same(pieces, event.sourceId(), cash, paid, event.day()) : -1;
        if (same >= 0) {
          // What was learned in two steps is one payment all the same.
          replace(pieces, same, pieces.get(same).amount + came);
        } else if (came != 0) {
          pieces.add(
              new Piece(event.sourceId(), cash, paid, event.day(), came, openAt(event.day())));
        }
      }
      // A counter-entry of a day can stand before what it undoes.
      settleDebits(pieces);
      pieces.sort(OLDEST_FIRST);
      return pieces;
    }

    private static int same(
        List<Piece> pieces, String source, boolean cash, int paidDay, int appliedDay) {
      for (int i = 0; i < pieces.size(); i++) {
        Piece piece = pieces.get(i);
        if (piece.cash == cash
            && piece.amount > 0
            && piece.paidDay == paidDay
            && piece.appliedDay == appliedDay
            && piece.sourceId.equals(source)) {
          return i;
        }
      }
      return -1;
    }

    private static long takeBack(List<Piece> pieces, String source, boolean cash, long amount) {
      long left = amount;
      for (int i = pieces.size() - 1; i >= 0 && left > 0; i--) {
        Piece piece = pieces.get(i);
        if (piece.cash == cash && piece.amount > 0 && piece.sourceId.equals(source)) {
          long taken = Math.min(left, piece.amount);
          left -= taken;
          replace(pieces, i, piece.amount - taken);
        }
      }
      return left;
    }

    private static void settleDebits(List<Piece> pieces) {
      for (int i = pieces.size() - 1; i >= 0; i--) {
        if (i < pieces.size() && pieces.get(i).amount < 0) {
          Piece debit = pieces.remove(i);
          takeBack(pieces, debit.sourceId, debit.cash, -debit.amount);
        }
      }
    }

    private static void replace(List<Piece> pieces, int at, long amount) {
      Piece old = pieces.get(at);
      if (amount == 0) {
        pieces.remove(at);
      } else {
        pieces.set(
            at,
            new Piece(old.sourceId, old.cash, old.paidDay, old.appliedDay, amount, old.partial));
      }
    }

    private boolean openAt(int close) {
      for (long[] at : closes) {
        if (at[0] == close) {
          return at[1] > 0;
        }
      }
      throw new IllegalStateException("Cannot find the close of day " + close);
    }
  }
}
