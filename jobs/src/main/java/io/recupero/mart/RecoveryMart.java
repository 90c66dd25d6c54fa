package io.recupero.mart;

import io.recupero.ledger.EventKind;
import java.util.List;

/**
 * How long receivables took, or have taken so far: {@code gold.recovery_daily}. An ended one is a
 * row with its days from due date to end; an open one is a row with its due date, since its days
 * grow by themselves.
 */
record RecoveryMart() implements Mart {

  @Override
  public String table() {
    return "gold.recovery_daily";
  }

  @Override
  public Keys keys() {
    return Keys.of("ended_by").and("days");
  }

  @Override
  public List<Part> parts() {
    return List.of(Part.count("exit_count"), Part.amount("exit_amount"));
  }

  @Override
  public void changes(Receivable receivable, Days days) {
    days.add(receivable.dueDay);
  }

  @Override
  public void contribute(Receivable receivable, int day, Contribution to) {
    int due = receivable.dueDay;
    if (day < due || receivable.isUnapplied()) {
      return;
    }
    long base = receivable.balanceAt(due);
    if (base == 0) {
      return;
    }
    Receivable.Event end = receivable.lastZero(day);
    long[] parts =
        end == null ? to.entry("open", null, due) : to.entry(exit(end), null, end.day() - due);
    parts[0] = 1;
    parts[1] = base;
  }

  private static String exit(Receivable.Event end) {
    // A charge taken back can end a receivable too: what was owed was credited.
    EventKind.Exit exit = end.kind().exit();
    return (exit == EventKind.Exit.NONE ? EventKind.Exit.CREDITED : exit).id();
  }
}
