package io.recupero.segment;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Growth and seasons of what is billed, and seasons of how late it is paid. */
final class SeasonFeatures implements FeatureGroup {

  private static final int MONTHS = 12;

  @Override
  public void compute(Snapshot customer, Values values) {
    if (billing(customer, values) && customer.has.payments()) {
      lateness(customer, values);
    }
  }

  /**
   * Billing of each of the last twelve months: how it grows, and how unevenly it falls. Returns
   * whether there are twelve months to speak of.
   */
  private static boolean billing(Snapshot customer, Values values) {
    int[] ends = new int[MONTHS + 1];
    for (int i = 0; i <= MONTHS; i++) {
      ends[i] = (int) customer.asOf.day().minusMonths(i).toEpochDay();
    }
    double[] billed = new double[MONTHS];
    boolean whole = false;
    for (DebtState debt : customer.debts) {
      int issued = debt.document.issueDay();
      whole |= issued <= ends[MONTHS];
      if (debt.document.isInstalment() || !customer.isMain(debt)) {
        continue;
      }
      for (int i = 0; i < MONTHS; i++) {
        if (issued <= ends[i] && issued > ends[i + 1]) {
          billed[i] += debt.billed;
        }
      }
    }
    if (!whole) {
      return false; // months before the first document are no months without sales
    }
    double recent = 0;
    double earlier = 0;
    for (int i = 0; i < MONTHS; i++) {
      recent += i < MONTHS / 2 ? billed[i] : 0;
      earlier += i < MONTHS / 2 ? 0 : billed[i];
    }
    values.percent("billing_trend", recent - earlier, earlier);
    values.percent("billing_seasonality", Statistics.deviation(billed), Statistics.mean(billed));
    return true;
  }

  /** Mean days late by the calendar month of the due date: the slowest, and how far they differ. */
  private static void lateness(Snapshot customer, Values values) {
    Map<Integer, int[]> months = new HashMap<>();
    for (DebtState debt : customer.debts) {
      if (debt.isPaid()) {
        int month = LocalDate.ofEpochDay(debt.document.dueDay()).getMonthValue();
        int[] sums = months.computeIfAbsent(month, m -> new int[2]);
        sums[0] += debt.daysLate();
        sums[1]++;
      }
    }
    if (months.isEmpty()) {
      return;
    }
    double[] means = new double[months.size()];
    double most = Double.NEGATIVE_INFINITY;
    int slowest = 0;
    int at = 0;
    for (Map.Entry<Integer, int[]> month : new TreeMap<>(months).entrySet()) {
      double mean = (double) month.getValue()[0] / month.getValue()[1];
      means[at++] = mean;
      if (mean > most) {
        most = mean;
        slowest = month.getKey();
      }
    }
    values.count("slowest_month", slowest);
    values.number("days_late_seasonality", Statistics.deviation(means));
  }
}
