package io.recupero.mart;

import java.util.List;

/**
 * What came of the invoices that fell overdue in one month: {@code gold.vintage_daily}. The cohort
 * is the month of the day after the due date.
 */
record VintageMart() implements Mart {

  private static final int[] SEEN = {30, 60, 90, 180};

  @Override
  public String table() {
    return "gold.vintage_daily";
  }

  @Override
  public Keys keys() {
    return Keys.of("cohort");
  }

  @Override
  public List<Part> parts() {
    return List.of(
        Part.amount("base_amount"),
        Part.count("base_count"),
        Part.amount("cash_30_amount"),
        Part.amount("cash_60_amount"),
        Part.amount("cash_90_amount"),
        Part.amount("cash_180_amount"));
  }

  @Override
  public void changes(Receivable receivable, Days days) {
    days.add(receivable.dueDay + 1);
  }

  @Override
  public void contribute(Receivable receivable, int day, Contribution to) {
    int due = receivable.dueDay;
    if (day <= due || receivable.isUnapplied()) {
      return;
    }
    long base = receivable.balanceAt(due);
    if (base == 0) {
      return;
    }
    long[] parts = to.entry(Months.name(due + 1));
    parts[0] = base;
    parts[1] = 1;
    for (int i = 0; i < SEEN.length; i++) {
      parts[2 + i] = Math.min(base, receivable.cashBetween(due + 1, Math.min(day, due + SEEN[i])));
    }
  }
}
