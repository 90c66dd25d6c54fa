package io.recupero.segment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How far shares have shifted: the population stability index. */
public final class Stability {

  /** What a share counts as at least: the index has no value where a segment is empty. */
  static final double LEAST_SHARE = 0.0001;

  private Stability() {}

  /**
   * Returns the population stability index, the sum over segments of (q - p) ln(q / p) of the
   * shares before (p) and after (q). By a rule of thumb, under 0.1 is stable and over 0.25 another
   * population. A share under 0.01 % counts as 0.01 %.
   *
   * @param before customers by segment; a null segment is one too
   * @param after the same later, or by other rules
   * @return NaN where either has no customers
   */
  public static double index(Map<String, Long> before, Map<String, Long> after) {
    double all = before.values().stream().mapToLong(Long::longValue).sum();
    double allAfter = after.values().stream().mapToLong(Long::longValue).sum();
    if (all == 0 || allAfter == 0) {
      return Double.NaN;
    }
    Map<String, Long> was = new HashMap<>(before); // other maps refuse to be asked for null
    Map<String, Long> is = new HashMap<>(after);
    Set<String> segments = new HashSet<>(was.keySet());
    segments.addAll(is.keySet());
    double index = 0;
    for (String segment : segments) {
      double p = Math.max(LEAST_SHARE, was.getOrDefault(segment, 0L) / all);
      double q = Math.max(LEAST_SHARE, is.getOrDefault(segment, 0L) / allAfter);
      index += (q - p) * Math.log(q / p);
    }
    return index;
  }
}
