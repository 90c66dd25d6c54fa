package io.recupero.segment.learned;

import java.util.List;

/**
 * What shall be tried.
 *
 * @param features ids of the columns of {@code gold.customer_features} to group by
 * @param fewest the fewest segments, at least 2
 * @param most the most segments
 * @param methods ways of grouping
 * @param samples bootstrap samples, at least 2; more make the stability more certain, and cost time
 * @param seed of all that is drawn: the same seed on the same customers gives the same segments
 */
public record LearnSettings(
    List<String> features, int fewest, int most, List<Method> methods, int samples, long seed) {

  /**
   * The features without others asked for: what is owed and how late, how it was paid, whether the
   * debtor keeps promises and responds, and who it is. One window each: two of the same thing would
   * count it twice.
   */
  public static final List<String> FEATURES =
      List.of(
          "open_amount",
          "overdue_share",
          "current_dpd",
          "longest_dpd_12m",
          "on_time_share_12m",
          "days_late_mean_12m",
          "days_late_stddev_12m",
          "partial_payment_share_12m",
          "invoices_12m",
          "billed_amount_12m",
          "promises_kept_share_12m",
          "response_rate_12m",
          "company_size",
          "main_debt_type");

  /** Copies the lists. */
  public LearnSettings {
    features = List.copyOf(features);
    methods = List.copyOf(methods);
    if (fewest < 2 || most < fewest || samples < 2) {
      throw new IllegalArgumentException(
          "Cannot learn %d to %d segments with %d samples: take at least 2 of each, fewest first."
              .formatted(fewest, most, samples));
    }
  }

  /** Returns whether one number of segments was asked for, whatever it is worth. */
  boolean isOne() {
    return fewest == most;
  }
}
