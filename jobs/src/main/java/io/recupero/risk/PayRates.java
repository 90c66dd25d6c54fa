package io.recupero.risk;

import java.util.List;

/**
 * How much of what is open at a Sunday is paid in the week after it, and how much leaves otherwise,
 * by band and step; and what new documents bring. Learned from the weeks before a Sunday.
 *
 * <p>Cells with little in them lean on their step over all bands, by as much as that step sees in a
 * week.
 */
final class PayRates {

  /** Weeks that rates are learned from. */
  static final int LEARNED = 52;

  /** Weeks that new business is averaged over. */
  static final int BILLED = 13;

  final double[][] paid = new double[Panel.BANDS][Panel.STEPS];
  final double[][] gone = new double[Panel.BANDS][Panel.STEPS];
  final double[][] entered = new double[Panel.BANDS][Panel.STEPS];
  double newCash;

  private PayRates() {}

  /**
   * Learns of weeks.
   *
   * @param weeks all weeks that are over, ascending; the last {@link #LEARNED} count
   */
  static PayRates of(List<Panel.Week> weeks) {
    PayRates rates = new PayRates();
    List<Panel.Week> year = last(weeks, LEARNED);
    for (int step = 0; step < Panel.STEPS; step++) {
      double[] all = new double[3];
      double[][] ofBand = new double[Panel.BANDS][3];
      for (Panel.Week week : year) {
        for (int band = 0; band < Panel.BANDS; band++) {
          add(ofBand[band], week, band, step);
          add(all, week, band, step);
        }
      }
      double lean = year.isEmpty() ? 0 : all[0] / year.size();
      for (int band = 0; band < Panel.BANDS; band++) {
        double base = ofBand[band][0] + lean;
        double paidOfAll = all[0] == 0 ? 0 : all[1] / all[0];
        double goneOfAll = all[0] == 0 ? 0 : all[2] / all[0];
        rates.paid[band][step] = base == 0 ? 0 : share((ofBand[band][1] + lean * paidOfAll) / base);
        rates.gone[band][step] =
            base == 0
                ? 0
                : Math.min(
                    1 - rates.paid[band][step], share((ofBand[band][2] + lean * goneOfAll) / base));
      }
    }
    List<Panel.Week> quarter = last(weeks, BILLED);
    for (Panel.Week week : quarter) {
      rates.newCash += week.newCash / quarter.size();
      for (int band = 0; band < Panel.BANDS; band++) {
        for (int step = 0; step < Panel.STEPS; step++) {
          rates.entered[band][step] += week.entered[band][step] / quarter.size();
        }
      }
    }
    return rates;
  }

  private static void add(double[] sums, Panel.Week week, int band, int step) {
    sums[0] += week.open[band][step];
    sums[1] += week.cash[band][step];
    sums[2] += week.gone[band][step];
  }

  private static double share(double value) {
    return Math.max(0, Math.min(1, value));
  }

  static List<Panel.Week> last(List<Panel.Week> weeks, int count) {
    return weeks.subList(Math.max(0, weeks.size() - count), weeks.size());
  }

  /** Returns the chance that what is open at a step is paid within so many days. */
  double paidWithin(int band, int step, int days) {
    double open = 1;
    double paid = 0;
    int at = step;
    for (int left = days; left > 0; left -= 7) {
      double part = Math.min(1, left / 7.0);
      paid += open * this.paid[band][at] * part;
      open *= 1 - (this.paid[band][at] + gone[band][at]) * part;
      at = Math.min(Panel.STEPS - 1, at + 1);
    }
    return paid;
  }
}
