package io.recupero.risk;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Rows by what a model said of them, the riskiest first; rows of which it said the same stay
 * together, so that no measure hangs on an order that the model did not give.
 */
final class Ranking {

  private final double[] truth;
  private final double[] money;
  private final int[] customer;
  private final int[] order;
  private final int[] ends;

  Ranking(Sample sample, double[] scores) {
    this.truth = sample.truth();
    this.money = sample.money();
    this.customer = sample.customer();
    Integer[] places = new Integer[scores.length];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, Comparator.comparingDouble((Integer i) -> -scores[i]));
    this.order = Arrays.stream(places).mapToInt(Integer::intValue).toArray();
    int[] found = new int[order.length];
    int groups = 0;
    for (int i = 1; i <= order.length; i++) {
      if (i == order.length || scores[order[i]] != scores[order[i - 1]]) {
        found[groups++] = i;
      }
    }
    this.ends = Arrays.copyOf(found, groups);
  }

  /** Returns the chance that a late row stands before one in time, ties half; NaN without both. */
  double auc(int[] times) {
    double late = 0;
    double pairs = 0;
    double inTime = 0;
    int i = 0;
    for (int end : ends) {
      double lateHere = 0;
      double inTimeHere = 0;
      for (; i < end; i++) {
        int row = order[i];
        int weight = times[customer[row]];
        lateHere += weight * truth[row];
        inTimeHere += weight * (1 - truth[row]);
      }
      pairs += inTimeHere * (late + lateHere / 2);
      late += lateHere;
      inTime += inTimeHere;
    }
    return late == 0 || inTime == 0 ? Double.NaN : pairs / (late * inTime);
  }

  /** Returns the area under precision by recall, by steps (average precision); NaN without late. */
  double precisionRecall(int[] times) {
    double total = 0;
    for (int row : order) {
      total += times[customer[row]] * truth[row];
    }
    double late = 0;
    double all = 0;
    double area = 0;
    int i = 0;
    for (int end : ends) {
      double before = late;
      for (; i < end; i++) {
        int weight = times[customer[order[i]]];
        late += weight * truth[order[i]];
        all += weight;
      }
      area += all == 0 ? 0 : (late - before) / total * late / all;
    }
    return total == 0 ? Double.NaN : area;
  }

  /**
   * Returns the late share of the money ranked first, over that of all money: 1 is no better than
   * chance. A group on the border counts by the part that is within.
   *
   * @param share of all money, 0 to 1
   */
  double lift(int[] times, double share) {
    double all = 0;
    double lateMoney = 0;
    for (int row : order) {
      double weight = times[customer[row]] * money[row];
      all += weight;
      lateMoney += weight * truth[row];
    }
    double left = all * share;
    double found = 0;
    int i = 0;
    for (int end : ends) {
      double here = 0;
      double lateHere = 0;
      for (; i < end; i++) {
        double weight = times[customer[order[i]]] * money[order[i]];
        here += weight;
        lateHere += weight * truth[order[i]];
      }
      double part = here <= left ? 1 : left / here;
      found += part * lateHere;
      left -= part * here;
      if (left <= 0) {
        break;
      }
    }
    return lateMoney == 0 ? Double.NaN : found / (all * share) / (lateMoney / all);
  }
}
