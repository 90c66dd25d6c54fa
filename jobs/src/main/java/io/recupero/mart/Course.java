package io.recupero.mart;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.EventKind.Exit;
import java.util.HashMap;
import java.util.Map;

/**
 * What becomes of the balance of one invoice, debit note or instalment, by the definitions of the
 * marts, for whoever reads a ledger by a clock of its own.
 *
 * <p>Days are since 1970, amounts ten-thousandths of the document's currency.
 */
public final class Course {

  private final Receivable receivable;
  private final Map<String, Long> sources = new HashMap<>(4);

  /** Begins a document without any event. */
  public Course(int dueDay) {
    this.receivable = new Receivable(null, null, null, null, 0, dueDay, null, 0);
  }

  /**
   * Adds an event of the ledger, in the order of the ledger.
   *
   * @param paidDay of cash: the day the money came
   * @param amount positive owes more
   */
  public void add(EventKind kind, String sourceId, int day, int paidDay, long amount) {
    long source = sources.computeIfAbsent(sourceId, it -> (long) sources.size());
    int order = receivable.events.size();
    receivable.events.add(new Receivable.Event(kind, source, day, paidDay, order, amount));
  }

  /** Brings the events in order: nothing may be asked before, and nothing added after it. */
  public Course settled() {
    if (!receivable.events.isEmpty()) {
      receivable.settle();
    }
    return this;
  }

  /** Returns what is owed at the close of a day. */
  public long balanceAt(int day) {
    return receivable.balanceAt(day);
  }

  /** Returns the cash applied until a day, net of reversals. */
  public long cashUntil(int day) {
    return receivable.cashBetween(Integer.MIN_VALUE, day);
  }

  /** Returns the day on which it last ended, as seen from a day; of one that has ended by then. */
  public int endDay(int day) {
    return receivable.lastZero(day).day();
  }

  /** Returns how it ended, as seen from a day: {@code NONE} while something is owed. */
  public Exit exit(int day) {
    Receivable.Event end = receivable.lastZero(day);
    if (end == null) {
      return Exit.NONE;
    }
    Exit exit = end.kind().exit();
    // A charge taken back ends it too: what was owed was credited.
    return exit == Exit.NONE ? Exit.CREDITED : exit;
  }

  /** Returns what was overdue at the close before a month, 0 where nothing was. */
  public long overdueBefore(int first) {
    long opening = receivable.balanceAt(first - 1);
    return FlowMart.isOverdueBefore(receivable, first, opening, 0) ? opening : 0;
  }

  /** Returns the cash from a month's first day to another on what was overdue before it. */
  public long recovered(int first, int last) {
    long opening = overdueBefore(first);
    return opening == 0 ? 0 : FlowMart.recovered(receivable, first, last, opening);
  }
}
