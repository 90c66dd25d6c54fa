package io.recupero.mart;

import java.util.List;

/**
 * What was billed in each month beside what is still open: {@code gold.billing_daily}, the two
 * sides of the count-back. Open balances are in the rows without a month.
 */
record BillingMart() implements Mart {

  @Override
  public String table() {
    return "gold.billing_daily";
  }

  @Override
  public Keys keys() {
    return Keys.of("billing_month");
  }

  @Override
  public List<Part> parts() {
    return List.of(Part.amount("billed_amount"), Part.amount("open_amount"));
  }

  @Override
  public void changes(Receivable receivable, Days days) {
    days.add(receivable.issueDay);
  }

  @Override
  public void contribute(Receivable receivable, int day, Contribution to) {
    if (receivable.isUnapplied()) {
      return;
    }
    if (receivable.isBilled() && day >= receivable.issueDay) {
      to.entry(Months.name(receivable.issueDay))[0] = receivable.billed(Integer.MIN_VALUE, day);
    }
    long open = receivable.balanceAt(day);
    if (open != 0) {
      to.entry()[1] = open;
    }
  }
}
