package io.recupero.mart;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.WideSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The months in which one customer was overdue, and how each of them ended. */
final class Cures {

  /** A customer cured in a month is watched for so many days. */
  private static final int WATCHED_DAYS = 90;

  private final Debtor debtor;
  private final int graceDays;
  private final String customerId;
  private int judgedMonth = Integer.MIN_VALUE;
  private int judgedDay;
  private boolean judged;

  Cures(Debtor debtor, int graceDays) {
    this.debtor = debtor;
    this.graceDays = graceDays;
    this.customerId = debtor.customerId.toString();
  }

  String customerId() {
    return customerId;
  }

  int firstDay() {
    return debtor.lateDays(graceDays)[0];
  }

  /** Returns the first day of the latest month that ended so long ago that its cures are judged. */
  static int cohortOf(int day) {
    return Months.start(Months.start(day - WATCHED_DAYS + 1) - 1);
  }

  /** Returns the last day of the month that begins on a day. */
  static int close(int month) {
    return Months.nextStart(month) - 1;
  }

  /**
   * Adds the days on which anything can change: within months that begin with something overdue,
   * and while such a month is the one whose cures are judged.
   */
  void changes(Days days) {
    for (int month = Months.nextStart(firstDay()); month <= days.horizon(); ) {
      int next = Months.nextStart(month);
      if (debtor.isLate(graceDays, month - 1)) {
        days.add(month);
        days.add(next);
        days.add(next - 1 + WATCHED_DAYS);
        days.add(Months.nextStart(next) - 1 + WATCHED_DAYS);
        addMoves(month, next, days);
      }
      month = next;
    }
  }

  private void addMoves(int month, int next, Days days) {
    boolean isOfSeveral = currencies(month) > 1;
    for (int day = month + 1; isOfSeveral && day < next; day++) {
      days.add(day); // every day may have a rate of its own
    }
    for (Receivable receivable : debtor.receivables.values()) {
      int overdue = receivable.dueDay + graceDays + 1;
      if (overdue > month && overdue < next) {
        days.add(overdue);
      }
      for (Receivable.Event event : receivable.events) {
        if (event.day() >= month && event.day() < next) {
          days.add(event.day());
        }
      }
    }
  }

  private long currencies(int month) {
    return debtor.receivables.values().stream()
        .filter(it -> isLate(it, month - 1))
        .map(it -> it.line.currency())
        .distinct()
        .count();
  }

  /** Returns whether anything of a line was overdue when a month began. */
  boolean wasLate(Line line, int month) {
    if (!debtor.isLate(graceDays, month - 1)) {
      return false;
    }
    for (Receivable receivable : debtor.receivables.values()) {
      if (receivable.line == line && isLate(receivable, month - 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean isLate(Receivable receivable, int day) {
    return day - receivable.dueDay > graceDays && receivable.balanceAt(day) > 0;
  }

  /**
   * Returns whether nothing is overdue at a close, where cash is more than half of what the
   * invoices lost since the month began that were overdue then.
   */
  boolean isCured(int month, int day) {
    if (month != judgedMonth || day != judgedDay) {
      judgedMonth = month;
      judgedDay = day;
      judged = !debtor.isLate(graceDays, day) && isByCash(month, day);
    }
    return judged;
  }

  private boolean isByCash(int month, int day) {
    Map<String, Fall> byCurrency = new HashMap<>();
    for (Receivable receivable : debtor.receivables.values()) {
      if (isLate(receivable, month - 1)) {
        Fall fall = byCurrency.computeIfAbsent(receivable.line.currency(), c -> new Fall());
        for (Receivable.Event event : receivable.events) {
          EventKind.Exit exit = event.kind().exit();
          if (event.day() >= month && event.day() <= day && exit != EventKind.Exit.NONE) {
            long amount = event.amount() * receivable.line.minorUnit;
            fall.add(exit, amount);
          }
        }
      }
    }
    if (byCurrency.size() == 1) {
      return byCurrency.values().iterator().next().isByCash();
    }
    return isByCash(byCurrency, day);
  }

  /** Adds up several currencies at the day's rate; without one, each must be cured by itself. */
  private boolean isByCash(Map<String, Fall> byCurrency, int day) {
    Optional<Map<String, BigDecimal>> rates =
        debtor.lookups.rates().common(byCurrency.keySet(), day);
    if (rates.isEmpty()) {
      return byCurrency.values().stream().allMatch(Fall::isByCash);
    }
    BigDecimal balance = BigDecimal.ZERO;
    for (Map.Entry<String, Fall> fall : byCurrency.entrySet()) {
      BigDecimal more = new BigDecimal(fall.getValue().moreCash());
      balance = balance.add(rates.get().get(fall.getKey()).multiply(more));
    }
    return balance.signum() > 0;
  }

  /** By how much invoices fell, by cash and otherwise, in ten-thousandths. */
  private static final class Fall {
    private final WideSum cash = new WideSum();
    private final WideSum other = new WideSum();

    private void add(EventKind.Exit exit, long amount) {
      (exit == EventKind.Exit.PAID ? cash : other).add(-amount);
    }

    private BigInteger moreCash() {
      return cash.value().subtract(other.value());
    }

    /** Returns whether cash is more than half of the fall; exactly half is not. */
    private boolean isByCash() {
      return cash.compareTo(other) > 0;
    }
  }

  /** Returns whether a customer cured in a month was more than {@code k} days late after it. */
  boolean isLateAgain(int month, int k) {
    int from = close(month) + 1;
    int to = close(month) + WATCHED_DAYS;
    int[] late = debtor.lateDays(k == 0 ? graceDays : k);
    for (int i = 0; i < late.length; i += 2) {
      if (late[i] <= to && late[i + 1] > from) {
        return true;
      }
    }
    return false;
  }
}
