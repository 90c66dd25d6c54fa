package io.recupero.risk;

/**
 * Cash of the weeks to come: of what is open, and of what will be billed.
 *
 * @param ofOpen week by week, in the currency's unit
 * @param ofNew likewise
 */
record Foretold(double[] ofOpen, double[] ofNew) {

  double all(int week) {
    return ofOpen[week] + ofNew[week];
  }

  /**
   * Foretells.
   *
   * @param open what is open now, by band and step at the last Sunday
   * @param rates as learned of the weeks that are over
   * @param weeks how many
   * @param firstPart the part of the first week that is yet to come: 1 on a Sunday
   */
  static Foretold of(double[][] open, PayRates rates, int weeks, double firstPart) {
    double[] ofOpen = new double[weeks];
    double[] ofNew = new double[weeks];
    double[][] left = open;
    double[][] added = new double[Panel.BANDS][Panel.STEPS];
    for (int week = 0; week < weeks; week++) {
      double part = week == 0 ? firstPart : 1;
      ofOpen[week] = paid(left, rates, part);
      ofNew[week] = paid(added, rates, part) + rates.newCash * part;
      left = after(left, rates, part);
      added = after(added, rates, part);
      for (int band = 0; band < Panel.BANDS; band++) {
        for (int step = 0; step < Panel.STEPS; step++) {
          added[band][step] += rates.entered[band][step] * part;
        }
      }
    }
    return new Foretold(ofOpen, ofNew);
  }

  private static double paid(double[][] open, PayRates rates, double part) {
    double sum = 0;
    for (int band = 0; band < Panel.BANDS; band++) {
      for (int step = 0; step < Panel.STEPS; step++) {
        sum += open[band][step] * rates.paid[band][step] * part;
      }
    }
    return sum;
  }

  private static double[][] after(double[][] open, PayRates rates, double part) {
    double[][] next = new double[Panel.BANDS][Panel.STEPS];
    for (int band = 0; band < Panel.BANDS; band++) {
      for (int step = 0; step < Panel.STEPS; step++) {
        double stays = 1 - (rates.paid[band][step] + rates.gone[band][step]) * part;
        next[band][Math.min(Panel.STEPS - 1, step + 1)] += open[band][step] * stays;
      }
    }
    return next;
  }
}
