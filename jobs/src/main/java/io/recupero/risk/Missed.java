package io.recupero.risk;

import java.util.List;

/**
 * How far forecasts of so many weeks ahead were off.
 *
 * @param weeks how many were tried
 * @param mae mean of the error without its sign, in money; NaN where none was tried
 * @param wape all errors without their signs / all cash that came, in percent; NaN without cash
 * @param naiveMae of the naive forecast
 * @param naiveWape of the naive forecast
 * @param inside percent of the weeks with an interval whose cash was within it; NaN without any
 */
record Missed(
    int weeks, double mae, double wape, double naiveMae, double naiveWape, double inside) {

  static Missed of(List<BackTest.Week> weeks) {
    double error = 0;
    double naive = 0;
    double actual = 0;
    int with = 0;
    int inside = 0;
    for (BackTest.Week week : weeks) {
      error += Math.abs(week.expected() - week.actual());
      naive += Math.abs(week.naive() - week.actual());
      actual += week.actual();
      if (!Double.isNaN(week.low())) {
        with++;
        inside += week.low() <= week.actual() && week.actual() <= week.high() ? 1 : 0;
      }
    }
    int count = weeks.size();
    return new Missed(
        count,
        count == 0 ? Double.NaN : error / count,
        actual == 0 ? Double.NaN : 100 * error / actual,
        count == 0 ? Double.NaN : naive / count,
        actual == 0 ? Double.NaN : 100 * naive / actual,
        with == 0 ? Double.NaN : 100.0 * inside / with);
  }
}
