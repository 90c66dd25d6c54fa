package io.recupero.risk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What would have been foretold on each Sunday of the past with what was known then, beside what
 * came. The naive forecast is that every week brings what the last eight brought on average.
 */
final class BackTest {

  /** Weeks that are foretold. */
  static final int WEEKS = 13;

  /** Weeks of the past before the first Sunday that is asked. */
  static final int LEAST_WEEKS = 26;

  static final int NAIVE_WEEKS = 8;

  /** Errors of the past that an interval needs, and those that it is made of at most. */
  static final int LEAST_ERRORS = 12;

  private static final int MOST_ERRORS = 52;
  private static final double TAIL = 0.05;

  /**
   * A week that was foretold.
   *
   * @param origin the Sunday it was foretold on
   * @param horizon 1 for the week after it
   * @param expected what would have been foretold
   * @param low lower limit of the 90 % interval; NaN where too few errors were known
   * @param high upper limit
   * @param naive what the naive forecast would have said
   * @param actual what came
   */
  record Week(
      LocalDate origin,
      int horizon,
      double expected,
      double low,
      double high,
      double naive,
      double actual) {}

  private final List<Week> weeks = new ArrayList<>();

  static BackTest of(Panel panel) {
    BackTest test = new BackTest();
    List<Panel.Week> all = panel.weeks;
    for (int at = LEAST_WEEKS; at < all.size(); at++) {
      List<Panel.Week> past = all.subList(0, at);
      Foretold foretold = Foretold.of(all.get(at).open, PayRates.of(past), WEEKS, 1);
      double naive = naive(past);
      for (int horizon = 1; horizon <= WEEKS && at + horizon <= all.size(); horizon++) {
        LocalDate origin = all.get(at).sunday;
        double expected = foretold.all(horizon - 1);
        double[] interval = test.interval(origin, horizon, expected);
        test.weeks.add(
            new Week(
                origin,
                horizon,
                expected,
                interval[0],
                interval[1],
                naive,
                all.get(at + horizon - 1).came));
      }
    }
    return test;
  }

  /** Returns what the naive forecast says after these weeks. */
  static double naive(List<Panel.Week> past) {
    return PayRates.last(past, NAIVE_WEEKS).stream()
        .mapToDouble(week -> week.knownCash)
        .average()
        .orElse(Double.NaN);
  }

  /** Returns all weeks that were foretold and are over. */
  List<Week> weeks() {
    return weeks;
  }

  List<Week> weeks(int horizon) {
    return weeks.stream().filter(week -> week.horizon == horizon).toList();
  }

  /**
   * Returns the 90 % interval of what is foretold on a day: by how much the forecasts of as many
   * weeks ahead that were over by then had been missed.
   */
  double[] interval(LocalDate day, int horizon, double expected) {
    double[] missed =
        weeks.stream()
            .filter(week -> week.horizon == horizon && week.expected > 0)
            .filter(week -> !week.origin.plusWeeks(horizon).isAfter(day))
            .mapToDouble(week -> week.actual / week.expected)
            .toArray();
    if (missed.length < LEAST_ERRORS) {
      return new double[] {Double.NaN, Double.NaN};
    }
    double[] recent =
        Arrays.copyOfRange(missed, Math.max(0, missed.length - MOST_ERRORS), missed.length);
    Arrays.sort(recent);
    // Of n errors and the one to come, each is as likely to be the greatest.
    int low = (int) Math.floor((recent.length + 1) * TAIL) - 1;
    int high = (int) Math.ceil((recent.length + 1) * (1 - TAIL)) - 1;
    return new double[] {
      expected * recent[Math.max(0, low)], expected * recent[Math.min(recent.length - 1, high)]
    };
  }
}
