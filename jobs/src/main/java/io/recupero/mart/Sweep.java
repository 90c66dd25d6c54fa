package io.recupero.mart;

/**
 * Writes down, for every receivable and other item, what it changes in a mart and when: on each day
 * that matters the contribution of before is taken from its cell and the new one put into its own.
 */
final class Sweep {

  private final Mart mart;
  private final OfReceivable ofReceivable;
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
    this.ofReceivable = new OfReceivable(mart);
    this.days = new Days(span.to);
    this.from = span.from;
    this.sign = sign;
    this.cells = cells;
    this.nobody = nobody;
    this.now = new Contribution(Part.slots(mart.parts()));
    this.before = new Contribution(Part.slots(mart.parts()));
  }

  /** Days since 1970, both with. */
  record Span(int from, int to) {
    static Span until(int to) {
      return new Span(Integer.MIN_VALUE, to);
    }
  }

  void over(Debtor debtor) {
    for (Receivable receivable : debtor.receivables.values()) {
      over(debtor, ofReceivable.with(receivable));
    }
    for (Receivable receivable : debtor.unapplied.values()) {
      over(debtor, ofReceivable.with(receivable));
    }
    for (Item item : mart.items(debtor)) {
      over(debtor, item);
    }
  }

  private void over(Debtor debtor, Item item) {
    days.clear();
    debtor.addAttributeChanges(days, item.firstDay());
    item.changes(days);
    days.settle();
    before.clear();
    Attributes whoBefore = nobody;
    if (from > item.firstDay()) {
      // What stood on the eve is written down already.
      item.contribute(from - 1, before);
      whoBefore = debtor.attributesAt(from - 1, nobody);
    }
    for (int i = days.firstFrom(from); i < days.size(); i++) {
      int day = days.get(i);
      now.clear();
      item.contribute(day, now);
      Attributes who = debtor.attributesAt(day, nobody);
      if (who == whoBefore && now.sameAs(before)) {
        continue;
      }
      add(item.line(), day, whoBefore, before, -sign);
      add(item.line(), day, who, now, sign);
      Contribution written = now;
      now = before;
      before = written;
      whoBefore = who;
    }
  }

  private void add(Line line, int day, Attributes who, Contribution contribution, int times) {
    for (int i = 0; i < contribution.size(); i++) {
      cells.add(day, who, line, contribution.get(i), times);
    }
  }

  /** The receivable under way, as an item; one object for all of them. */
  private static final class OfReceivable implements Item {

    private final Mart mart;
    private Receivable receivable;

    OfReceivable(Mart mart) {
      this.mart = mart;
    }

    OfReceivable with(Receivable next) {
      receivable = next;
      return this;
    }

    @Override
    public Line line() {
      return receivable.line;
    }

    @Override
    public int firstDay() {
      return receivable.firstDay();
    }

    @Override
    public void changes(Days days) {
      for (Receivable.Event event : receivable.events) {
        days.add(event.day());
      }
      if (!receivable.isUnapplied()) {
        mart.changes(receivable, days);
      }
    }

    @Override
    public void contribute(int day, Contribution to) {
      mart.contribute(receivable, day, to);
    }
  }
}
