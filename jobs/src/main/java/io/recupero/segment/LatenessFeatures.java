package io.recupero.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Days late, by the day the money came.
 *
 * <p>Unweighted, one value a document paid in full: the day its last money came less its due date,
 * negative when early; in the window in which that money came. Weighted, one value a piece of
 * money, also of documents that are still open, weighing as much as its amount in the main
 * currency.
 *
 * <p>The slope is that of least squares over the documents paid in the last twelve months: sum((t -
 * mean t)(d - mean d)) / sum((t - mean t)^2), d the days late, t the day of payment in months of
 * 365.25 / 12 days.
 */
final class LatenessFeatures implements FeatureGroup {

  private static final double MONTH = 365.25 / 12;

  @Override
  public void compute(Snapshot customer, Values values) {
    if (!customer.has.payments()) {
      return;
    }
    List<DebtState> paid = new ArrayList<>();
    for (DebtState debt : customer.debts) {
      if (debt.isPaid()) {
        paid.add(debt);
      }
    }
    paid.sort(
        Comparator.comparingInt(DebtState::paidDay).thenComparing(debt -> debt.document.id()));
    for (Window window : Window.LONG) {
      int before = customer.before(window.months());
      List<DebtState> inWindow = paid.stream().filter(debt -> debt.paidDay() > before).toList();
      plain(inWindow, window.suffix(), values);
      weighted(customer, before, window.suffix(), values);
      if (window.equals(Window.YEAR)) {
        double[] months =
            inWindow.stream().mapToDouble(d -> (d.paidDay() - customer.day) / MONTH).toArray();
        double[] late = inWindow.stream().mapToDouble(DebtState::daysLate).toArray();
        values.number("days_late_trend", Statistics.slope(months, late));
      }
    }
  }

  private static void plain(List<DebtState> paid, String suffix, Values values) {
    double[] late = paid.stream().mapToDouble(DebtState::daysLate).sorted().toArray();
    values.count("paid_invoices" + suffix, late.length);
    values.number("days_late_mean" + suffix, Statistics.mean(late));
    values.number("days_late_median" + suffix, Statistics.percentile(late, 0.5));
    values.number("days_late_p90" + suffix, Statistics.percentile(late, 0.9));
    values.number("days_late_stddev" + suffix, Statistics.deviation(late));
  }

  private static void weighted(Snapshot customer, int before, String suffix, Values values) {
    Weighted late = new Weighted();
    for (DebtState debt : customer.debts) {
      for (DebtState.Piece piece : debt.pieces) {
        if (customer.isMain(debt) && piece.paidDay() > before) {
          late.add(piece.paidDay() - debt.document.dueDay(), piece.amount());
        }
      }
    }
    values.number("weighted_days_late_mean" + suffix, late.mean());
    values.number("weighted_days_late_median" + suffix, late.allButOneIn(2));
    values.number("weighted_days_late_p90" + suffix, late.allButOneIn(10));
    values.number("weighted_days_late_stddev" + suffix, late.deviation());
  }
}
