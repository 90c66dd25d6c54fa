package io.recupero.segment.learned;

import java.util.Arrays;

/**
 * A grouping that was tried.
 *
 * @param asked how many groups were asked for
 * @param sizes customers of each group found, the largest first; one group where all are alike
 * @param silhouette from -1 to 1: how much nearer customers are to their own group than to the next
 *     one, by squared distance; NaN with one group
 * @param stability mean adjusted Rand index between the groupings that bootstrap samples lead to
 * @param least the least of them
 */
record Candidate(
    Method method,
    int asked,
    long[] sizes,
    double silhouette,
    double stability,
    double least,
    Method.Clustering clustering) {

  /**
   * What the stability of a grouping that can be used is at least: by a rule of thumb, below it
   * another sample of the same customers would have led to other segments.
   */
  static final double STABLE = 0.8;

  boolean isStable() {
    return sizes.length == asked && stability >= STABLE;
  }

  /** Returns the groups by number, largest first: 0 is the largest. */
  static int[] bySize(int[] clusters) {
    int most = Arrays.stream(clusters).max().orElse(0) + 1;
    long[] counts = new long[most];
    Arrays.stream(clusters).forEach(cluster -> counts[cluster]++);
    Integer[] order = new Integer[most];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(counts[b], counts[a]));
    return Arrays.stream(order).filter(i -> counts[i] > 0).mapToInt(i -> i).toArray();
  }
}
