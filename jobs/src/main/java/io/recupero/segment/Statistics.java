package io.recupero.segment;

import java.util.Arrays;

/** Figures of a handful of numbers; NaN where there are too few. */
final class Statistics {

  private Statistics() {}

  static double mean(double[] values) {
    return values.length == 0 ? Double.NaN : Arrays.stream(values).sum() / values.length;
  }

  /** Returns the root of the mean squared distance from the mean; 0 for one value. */
  static double deviation(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length == 0 ? Double.NaN : Math.sqrt(squares / values.length);
  }

  /**
   * Returns the exact percentile, interpolated between neighbours as Spark's {@code percentile}.
   */
  static double percentile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = (int) Math.ceil(place);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Returns the least-squares slope of y on x; NaN with fewer than three points or one x. */
  static double slope(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double both = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      both += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    return x.length < 3 || squares == 0 ? Double.NaN : both / squares;
  }
}
