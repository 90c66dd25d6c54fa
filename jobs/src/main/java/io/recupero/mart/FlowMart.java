package io.recupero.mart;

import java.util.List;

/** The month to date: {@code gold.flow_daily}. Every part falls back to zero on the 1st. */
record FlowMart(int graceDays) implements Mart {

  @Override
  public String table() {
    return "gold.flow_daily";
  }

  @Override
  public Keys keys() {
    return Keys.NONE;
  }

  @Override
  public List<Part> parts() {
    return List.of(
        Part.amount("recovered_amount"),
        Part.amount("recovery_base_amount"),
        Part.count("recovery_base_count"));
  }

  @Override
  public void changes(Receivable receivable, Days days) {
    int last = receivable.isClosed() ? receivable.lastDay() : days.horizon();
    days.addMonthStarts(receivable.firstDay(), last);
  }

  @Override
  public void contribute(Receivable receivable, int day, Contribution to) {
    int monthStart = Days.monthStart(day);
    int eve = monthStart - 1;
    long base = eve - receivable.dueDay > graceDays ? receivable.balanceAt(eve) : 0;
    if (base > 0 && !receivable.isUnapplied()) {
      to.parts[0] = Math.min(base, receivable.cashBetween(monthStart, day));
      to.parts[1] = base;
      to.parts[2] = 1;
    }
  }
}
