package io.recupero.mart;

import java.util.List;

/** What is owed, how late, and by whom: {@code gold.balance_daily}. */
record BalanceMart(AgeingScheme ageing, int graceDays) implements Mart {

  private static final int[] LATE = {30, 60, 90};

  @Override
  public String table() {
    return "gold.balance_daily";
  }

  @Override
  public Keys keys() {
    return Keys.of("bucket");
  }

  @Override
  public List<Part> parts() {
    return List.of(
        Part.amount("open_amount"),
        Part.count("open_count"),
        Part.amount("overdue_amount"),
        Part.count("overdue_count"),
        Part.amountByDay("overdue_due_day_amount"),
        Part.amount("overdue_over_30_amount"),
        Part.amount("overdue_over_60_amount"),
        Part.amount("overdue_over_90_amount"),
        Part.amount("par_30_amount"),
        Part.amount("par_60_amount"),
        Part.amount("par_90_amount"),
        Part.amount("restructured_amount"),
        Part.amount("unapplied_amount"),
        Part.amount("disputed_amount"));
  }

  @Override
  public void changes(Receivable receivable, Days days) {
    days.add(receivable.dueDay + graceDays + 1);
    for (int late : LATE) {
      days.add(receivable.dueDay + late + 1);
      for (int day : receivable.debtor.lateDays(late)) {
        if (day > receivable.firstDay()) {
          days.add(day);
        }
      }
    }
    for (int from : ageing.fromDays()) {
      days.add(receivable.dueDay + from);
    }
    Dispute.changes(receivable, days);
  }

  @Override
  public void contribute(Receivable receivable, int day, Contribution to) {
    long open = receivable.balanceAt(day);
    if (open == 0) {
      return;
    }
    if (receivable.isUnapplied()) {
      to.entry()[12] = open;
      return;
    }
    int daysPastDue = day - receivable.dueDay;
    long[] parts = to.entry(ageing.bucketOf(daysPastDue));
    parts[0] = open;
    parts[1] = 1;
    if (daysPastDue > graceDays) {
      parts[2] = open;
      parts[3] = 1;
      Part.putByDay(parts, 4, 14, open, receivable.dueDay);
    }
    for (int i = 0; i < LATE.length; i++) {
      parts[5 + i] = daysPastDue > LATE[i] ? open : 0;
      parts[8 + i] = receivable.debtor.isLate(LATE[i], day) ? open : 0;
    }
    parts[11] = receivable.isBilled() ? 0 : open;
    parts[13] = Dispute.disputed(receivable, day, open);
  }
}
