package io.recupero.risk;

import java.util.LinkedHashMap;
import java.util.Map;

/** How good what a model said of a sample was, for customers counted so many times each. */
final class Measures {

  static final String AUC = "auc";
  static final String BRIER = "brier";
  static final String RMSE = "rmse";

  private final Sample sample;
  private final double[] said;
  private final Target target;
  private final Ranking ranking;

  Measures(Sample sample, String model, Target target) {
    this.sample = sample;
    this.said = sample.scores().get(model);
    this.target = target;
    this.ranking = target == Target.LATE ? new Ranking(sample, said) : null;
  }

  /** Returns the measures that decide whether a model is offered, and whether more is better. */
  static Map<String, Boolean> deciding(Target target) {
    Map<String, Boolean> deciding = new LinkedHashMap<>();
    if (target == Target.LATE) {
      deciding.put(AUC, true);
      deciding.put(BRIER, false);
    } else {
      deciding.put(RMSE, false);
    }
    return deciding;
  }

  /**
   * Returns each measure; NaN where it has no value.
   *
   * @param times how often each customer counts
   */
  Map<String, Double> of(int[] times) {
    Map<String, Double> values = new LinkedHashMap<>();
    if (target == Target.LATE) {
      values.put(AUC, ranking.auc(times));
      values.put("pr_auc", ranking.precisionRecall(times));
      values.put(BRIER, mean(times, 2));
      Calibration calibration = Calibration.of(sample, said, times);
      values.put("calibration_slope", calibration.slope());
      values.put("calibration_intercept", calibration.intercept());
      values.put("lift_10", ranking.lift(times, 0.1));
      values.put("lift_20", ranking.lift(times, 0.2));
    } else {
      values.put("mae", mean(times, 1));
      values.put(RMSE, Math.sqrt(mean(times, 2)));
      values.put("bias", mean(times, 0));
    }
    return values;
  }

  /** Mean of what was said less what was: itself (0), without its sign (1), or squared (2). */
  private double mean(int[] times, int power) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < said.length; i++) {
      int weight = times[sample.customer()[i]];
      double miss = said[i] - sample.truth()[i];
      sum += weight * (power == 0 ? miss : power == 1 ? Math.abs(miss) : miss * miss);
      weights += weight;
    }
    return weights == 0 ? Double.NaN : sum / weights;
  }
}
