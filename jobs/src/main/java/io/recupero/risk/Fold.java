package io.recupero.risk;

import io.recupero.segment.AsOf;
import java.util.ArrayList;
import java.util.List;

/**
 * A step of the evaluation: models are trained on what was known at the origin, and judged by what
 * they say at closes from the origin on.
 *
 * @param origin the last close whose knowledge is trained on
 * @param tests the closes at which documents are scored: the origin and what follows up to the next
 */
record Fold(AsOf origin, List<AsOf> tests) {

  /** Closes that a model is judged at, at most. */
  static final int JUDGED = 12;

  /** Closes that one model is used for before it is trained anew. */
  static final int EVERY = 2;

  /** Closes before the first origin, at least: a model of less has seen no two of any month. */
  static final int LEAST_BEFORE = 6;

  /**
   * Returns the steps, the earliest first; none where there are too few closes.
   *
   * @param closes ascending, all before the date that outcomes are known to
   */
  static List<Fold> of(List<AsOf> closes) {
    int first = Math.max(LEAST_BEFORE, closes.size() - JUDGED);
    List<Fold> folds = new ArrayList<>();
    for (int i = first; i < closes.size(); i += EVERY) {
      List<AsOf> tests = closes.subList(i, Math.min(closes.size(), i + EVERY));
      folds.add(new Fold(tests.get(0), List.copyOf(tests)));
    }
    return folds;
  }
}
