package io.recupero.mart;

/**
 * Writes down, for every receivable, what it changes in a mart and when: on each day that matters
 * the contribution of before is taken from its cell and the new one put into its own.
 */
final class Sweep {

  private final Mart mart;
  private final Days days;
  private final Cells cells;
  private final Attributes nobody;
  private Contribution now;
  private Contribution before;

  Sweep(Mart mart, int horizon, Cells cells, Attributes nobody) {
    this.mart = mart;
    this.days = new Days(horizon);
    this.cells = cells;
    this.nobody = nobody;
    this.now = new Contribution(mart.parts().size());
    this.before = new Contribution(mart.parts().size());
  }

  void over(Debtor debtor) {
    debtor.receivables.values().forEach(this::over);
    debtor.unapplied.values().forEach(this::over);
  }

  private void over(Receivable receivable) {
    findDays(receivable);
    before.clear();
    Attributes whoBefore = nobody;
    for (int i = 0; i < days.size(); i++) {
      int day = days.get(i);
      now.clear();
      mart.contribute(receivable, day, now);
      Attributes who = receivable.debtor.attributesAt(day, nobody);
      if (who == whoBefore && now.sameAs(before)) {
        continue;
      }
      add(receivable, day, whoBefore, before, -1);
      add(receivable, day, who, now, 1);
      Contribution written = now;
      now = before;
      before = written;
      whoBefore = who;
    }
  }

  private void findDays(Receivable receivable) {
    days.clear();
    for (Receivable.Event event : receivable.events) {
      days.add(event.day());
    }
    receivable.debtor.addAttributeChanges(days, receivable.firstDay());
    if (!receivable.isUnapplied()) {
      mart.changes(receivable, days);
    }
    days.settle();
  }

  private void add(
      Receivable receivable, int day, Attributes who, Contribution contribution, int sign) {
    for (int i = 0; i < contribution.size(); i++) {
      cells.add(day, who, receivable.line, contribution.get(i), sign);
    }
  }
}
