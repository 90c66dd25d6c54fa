package io.recupero.segment;

import io.recupero.ledger.WideSum;

/** What is open and overdue, and how late it is and ever was. */
final class BalanceFeatures implements FeatureGroup {

  @Override
  public void compute(Snapshot customer, Values values) {
    WideSum open = new WideSum();
    long openCount = 0;
    WideSum overdue = new WideSum();
    long overdueCount = 0;
    WideSum writtenOff = new WideSum();
    int currentDpd = 0;
    int oldest = -1;
    double weighted = 0;
    for (DebtState debt : customer.debts) {
      boolean main = customer.isMain(debt);
      writtenOff.add(main ? debt.writtenOff : 0);
      if (debt.open > 0) {
        open.add(main ? debt.open : 0);
        openCount++;
        oldest = Math.max(oldest, customer.day - debt.document.issueDay());
      }
      if (debt.isOverdue()) {
        overdue.add(main ? debt.open : 0);
        overdueCount++;
        currentDpd = Math.max(currentDpd, debt.daysPastDue());
        weighted += main ? (double) debt.open * debt.daysPastDue() : 0;
      }
    }
    values.amount("open_amount", open);
    values.count("open_count", openCount);
    values.amount("overdue_amount", overdue);
    values.count("overdue_count", overdueCount);
    values.percent("overdue_share", overdue.doubleValue(), open.doubleValue());
    values.amount("written_off_amount", writtenOff);
    values.count("current_dpd", currentDpd);
    values.number("weighted_dpd", overdue.isZero() ? Double.NaN : weighted / overdue.doubleValue());
    if (oldest >= 0) {
      values.count("oldest_open_days", oldest);
    }
    longest(customer, values);
  }

  private static void longest(Snapshot customer, Values values) {
    if (customer.debts.isEmpty()) {
      return;
    }
    for (Window window : Window.LONG) {
      int before = customer.before(window.months());
      int longest = 0;
      for (DebtState debt : customer.debts) {
        longest = Math.max(longest, debt.longestDaysPastDue(before));
      }
      values.count("longest_dpd" + window.suffix(), longest);
    }
  }
}
