package io.recupero.mart;

import io.recupero.ledger.EventKind;
import io.recupero.ledger.EventKind.Exit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the balances of last month's close have gone: {@code gold.roll_daily}, month to date.
 *
 * <p>What left takes the opening balance first, then the month's charges; a reversal first takes
 * back what left the same way this month, the rest is a charge. So opening + new + charges - exits
 * is the closing balance, for every receivable.
 */
record RollMart(AgeingScheme ageing) implements Mart {

  private static final String NEW = "new";
  private static final String CHARGES = "charges";

  @Override
  public String table() {
    return "gold.roll_daily";
  }

  @Override
  public Keys keys() {
    return Keys.of("from_state", "to_state");
  }

  @Override
  public List<Part> parts() {
    return List.of(Part.amount("amount"), Part.count("count"));
  }

  @Override
  public void changes(Receivable receivable, Days days) {
    days.addMonthStarts(
        receivable.firstDay(), receivable.isClosed() ? receivable.lastDay() : days.horizon());
    for (int from : ageing.fromDays()) {
      days.add(receivable.dueDay + from);
    }
  }

  @Override
  public void contribute(Receivable receivable, int day, Contribution to) {
    if (receivable.isUnapplied()) {
      return;
    }
    int first = Months.start(day);
    long opening = receivable.balanceAt(first - 1);
    Month month = new Month(opening);
    for (Receivable.Event event : receivable.events) {
      if (event.day() >= first && event.day() <= day && event.kind().movesBalance()) {
        month.take(event);
      }
    }
    String state = ageing.bucketOf(day - receivable.dueDay);
    if (opening > 0) {
      String from = ageing.bucketOf(first - 1 - receivable.dueDay);
      month.write(from, month.opening, true, state, to);
      month.write(CHARGES, month.fresh + month.charges, false, state, to);
    } else {
      month.write(NEW, month.fresh, true, state, to);
      month.write(CHARGES, month.charges, false, state, to);
    }
  }

  /** An amount that left, as far as it was not taken back. */
  private static final class Left {
    final Exit by;
    long amount;

    Left(Exit by, long amount) {
      this.by = by;
      this.amount = amount;
    }
  }

  /** One receivable's month: what it began with, what came on top, what left and how. */
  private static final class Month {

    private final long opening;
    private long fresh;
    private long charges;
    private final List<Left> left = new ArrayList<>(2);
    private Exit last = Exit.NONE;
    private long balance;

    Month(long opening) {
      this.opening = opening;
      this.balance = opening;
    }

    void take(Receivable.Event event) {
      balance += event.amount();
      Exit exit = event.kind().exit();
      if (exit == Exit.NONE && event.amount() < 0) {
        exit = Exit.CREDITED;
      }
      if (event.amount() < 0) {
        left.add(new Left(exit, -event.amount()));
        last = exit;
      } else if (exit != Exit.NONE) {
        charges += takeBack(exit, event.amount());
      } else if (isDocument(event.kind())) {
        fresh += event.amount();
      } else {
        charges += event.amount();
      }
    }

    /** Takes back what left this way, latest first, and returns what is beyond it. */
    private long takeBack(Exit exit, long amount) {
      long beyond = amount;
      for (int i = left.size() - 1; i >= 0 && beyond > 0; i--) {
        if (left.get(i).by == exit) {
          long part = Math.min(beyond, left.get(i).amount);
          left.get(i).amount -= part;
          beyond -= part;
        }
      }
      return beyond;
    }

    private static boolean isDocument(EventKind kind) {
      return kind == EventKind.INVOICE
          || kind == EventKind.DEBIT_NOTE
          || kind == EventKind.INSTALMENT
          || kind == EventKind.REFUND;
    }

    /** Writes one row of the matrix: what of it left by each exit, the rest where it is now. */
    void write(String from, long amount, boolean counts, String state, Contribution to) {
      long rest = amount;
      Map<Exit, Long> exits = new EnumMap<>(Exit.class);
      if (counts && amount > 0 && balance == 0) {
        exits.put(last, 0L);
      }
      for (Left exit : left) {
        long part = Math.min(rest, exit.amount);
        if (part != 0) {
          exit.amount -= part;
          rest -= part;
          exits.merge(exit.by, part, Long::sum);
        }
      }
      for (Map.Entry<Exit, Long> exit : exits.entrySet()) {
        long[] parts = to.entry(from, exit.getKey().id(), 0);
        parts[0] = exit.getValue();
        parts[1] = counts && balance == 0 && exit.getKey() == last ? 1 : 0;
      }
      boolean open = counts && amount > 0 && balance > 0;
      if (rest != 0 || open) {
        long[] parts = to.entry(from, state, 0);
        parts[0] = rest;
        parts[1] = open ? 1 : 0;
      }
    }
  }
}
