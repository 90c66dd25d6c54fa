package io.recupero.segment.learned;

import java.util.HashMap;
import java.util.Map;

/** How much two groupings of the same customers agree. */
final class AdjustedRand {

  private AdjustedRand() {}

  /**
   * Returns the adjusted Rand index: 1 for the same groups whatever they are called, about 0 for
   * groupings that agree no more than by chance. 1 where both make one group of all, or both one of
   * each: there is nothing to disagree about.
   */
  static double index(int[] a, int[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "Cannot compare groupings of " + a.length + " and of " + b.length + " customers.");
    }
    Map<Integer, Long> rows = new HashMap<>();
    Map<Integer, Long> columns = new HashMap<>();
    Map<Long, Long> cells = new HashMap<>();
    for (int i = 0; i < a.length; i++) {
      rows.merge(a[i], 1L, Long::sum);
      columns.merge(b[i], 1L, Long::sum);
      cells.merge(((long) a[i] << 32) | (b[i] & 0xffffffffL), 1L, Long::sum);
    }
    double together = pairs(cells);
    double ofRows = pairs(rows);
    double ofColumns = pairs(columns);
    double all = a.length * (a.length - 1.0) / 2;
    double expected = all == 0 ? 0 : ofRows * ofColumns / all;
    double most = (ofRows + ofColumns) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private static double pairs(Map<?, Long> counts) {
    return counts.values().stream().mapToDouble(count -> count * (count - 1.0) / 2).sum();
  }
}
