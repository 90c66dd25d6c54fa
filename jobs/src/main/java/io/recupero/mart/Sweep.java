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
  private final int from;
  private final int sign;
  private Contribution now;
  private Contribution before;

  /**
   * @param span from which day to which changes are written down, both with
   * @param sign 1 to write them, -1 to take back what was written
   */
  Sweep(Mart mart, Span span, int sign, Cells cells, Attributes nobody) {
    this.mart = mart;
    this.days = new Days(span.to);
    this.from = span.from;
    this.sign = sign;
    this.cells = cells;
    this.nobody = nobody;
    this.now = new Contribution(mart.parts().size());
    this.before = new Contribution(mart.parts().size());
  }

  /** Days since 1970, both with. */
  record Span(int from, int to) {
    static Span until(int to) {
      return new Span(Integer.MIN_VALUE, to);
    }
  }

  void over(Debtor debtor) {
    debtor.receivables.values().forEach(this::over);
    debtor.unapplied.values().forEach(this::over);
  }

  private void over(Receivable receivable) {
    findDays(receivable);
    before.clear();
    Attributes whoBefore = nobody;
    if (from > receivable.firstDay()) {
      // What stood on the eve is written down already.
      mart.contribute(receivable, from - 1, before);
      whoBefore = receivable.debtor.attributesAt(from - 1, nobody);
    }
    for (int i = days.firstFrom(from); i < days.size(); i++) {
      int day = days.get(i);
      now.clear();
      mart.contribute(receivable, day, now);
      Attributes who = receivable.debtor.attributesAt(day, nobody);
      if (who == whoBefore && now.sameAs(before)) {
        continue;
      }
      add(receivable, day, whoBefore, before, -sign);
      add(receivable, day, who, now, sign);
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
      Receivable receivable, int day, Attributes who, Contribution contribution, int times) {
    for (int i = 0; i < contribution.size(); i++) {
      cells.add(day, who, receivable.line, contribution.get(i), times);
    }
  }
}
