package io.recupero.risk;

/**
 * Whether probabilities can be believed: a logistic regression of what happened on what was said.
 * Slope 1 and intercept 0 are right; a slope under 1 is a model too sure of itself.
 *
 * @param intercept on the scale of log odds
 * @param slope likewise; NaN where what was said cannot be told apart
 */
record Calibration(double intercept, double slope) {

  private static final double LEAST = 1e-6;
  private static final int STEPS = 25;

  static Calibration of(Sample sample, double[] said, int[] times) {
    double a = 0;
    double b = 1;
    for (int step = 0; step < STEPS; step++) {
      double g0 = 0;
      double g1 = 0;
      double h00 = 0;
      double h01 = 0;
      double h11 = 0;
      for (int i = 0; i < said.length; i++) {
        int weight = times[sample.customer()[i]];
        if (weight == 0) {
          continue;
        }
        double x = odds(said[i]);
        double p = 1 / (1 + Math.exp(-(a + b * x)));
        double miss = weight * (sample.truth()[i] - p);
        double v = weight * p * (1 - p);
        g0 += miss;
        g1 += miss * x;
        h00 += v;
        h01 += v * x;
        h11 += v * x * x;
      }
      double det = h00 * h11 - h01 * h01;
      if (!(Math.abs(det) > 1e-12)) {
        return new Calibration(Double.NaN, Double.NaN);
      }
      double da = (h11 * g0 - h01 * g1) / det;
      double db = (h00 * g1 - h01 * g0) / det;
      a += da;
      b += db;
      if (Math.abs(da) + Math.abs(db) < 1e-9) {
        break;
      }
    }
    return new Calibration(a, b);
  }

  private static double odds(double probability) {
    double p = Math.min(1 - LEAST, Math.max(LEAST, probability));
    return Math.log(p / (1 - p));
  }
}
