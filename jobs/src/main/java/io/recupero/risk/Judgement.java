package io.recupero.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What models are worth on documents they have not seen, with limits: customers are drawn again
 * with replacement, each with all its documents, for those of one customer are alike.
 *
 * @param target what was told
 * @param documents how many were judged
 * @param customers of how many customers
 * @param late how many were late; of days, later than 0
 * @param figures all measures, and the advantages over the baselines
 * @param deciles probabilities against what happened; none of days
 * @param offered the best model that beats both baselines; the better baseline where none does
 * @param passed whether a model does
 * @param reason why none does: too_few, or not_better; null where one does
 */
public record Judgement(
    Target target,
    int documents,
    int customers,
    long late,
    List<Figure> figures,
    List<Decile> deciles,
    String offered,
    boolean passed,
    String reason) {

  static final int RESAMPLES = 500;
  static final int LEAST_CUSTOMERS = 30;
  static final int LEAST_OF_A_KIND = 20;

  /** What a model has to beat. */
  static final List<String> BASELINES = List.of(Baselines.LAST, Baselines.SEGMENT);

  private static final double TAIL = 0.025;

  /** What is learned: trees, and the plain one. */
  static final List<String> LEARNED = List.of(Learner.GBT, Learner.LR);

  static Judgement of(Sample sample, Target target, long seed) {
    Map<String, Measures> models = new LinkedHashMap<>();
    LEARNED.forEach(model -> models.put(model, new Measures(sample, model, target)));
    BASELINES.forEach(model -> models.put(model, new Measures(sample, model, target)));
    int[] once = new int[sample.customers()];
    Arrays.fill(once, 1);
    Map<String, Map<String, Double>> value = new LinkedHashMap<>();
    models.forEach((model, measures) -> value.put(model, measures.of(once)));
    List<Map<String, Map<String, Double>>> drawn = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < RESAMPLES; i++) {
      int[] times = draw(random, sample.customers());
      Map<String, Map<String, Double>> one = new LinkedHashMap<>();
      models.forEach((model, measures) -> one.put(model, measures.of(times)));
      drawn.add(one);
    }
    List<Figure> figures = new ArrayList<>();
    for (String model : models.keySet()) {
      for (String measure : value.get(model).keySet()) {
        figures.add(figure(target, model, null, measure, 1, value, drawn));
      }
    }
    for (String model : LEARNED) {
      for (String over : BASELINES) {
        Measures.deciding(target)
            .forEach(
                (measure, more) ->
                    figures.add(figure(target, model, over, measure, more ? 1 : -1, value, drawn)));
      }
    }
    return decided(sample, target, figures, value);
  }

  private static Judgement decided(
      Sample sample, Target target, List<Figure> figures, Map<String, Map<String, Double>> value) {
    boolean enough =
        sample.customers() >= LEAST_CUSTOMERS
            && sample.positives() >= LEAST_OF_A_KIND
            && sample.size() - sample.positives() >= LEAST_OF_A_KIND;
    String by = target == Target.LATE ? Measures.BRIER : Measures.RMSE;
    List<String> passing =
        LEARNED.stream().filter(model -> enough && beats(model, figures)).toList();
    boolean passed = !passing.isEmpty();
    String offered =
        (passed ? passing : BASELINES)
            .stream().min(java.util.Comparator.comparingDouble(it -> value.get(it).get(by))).get();
    List<Decile> deciles = new ArrayList<>();
    if (target == Target.LATE) {
      value.keySet().forEach(model -> deciles.addAll(Decile.of(sample, model)));
    }
    return new Judgement(
        target,
        sample.size(),
        sample.customers(),
        sample.positives(),
        List.copyOf(figures),
        List.copyOf(deciles),
        offered,
        passed,
        passed ? null : enough ? "not_better" : "too_few");
  }

  /** Returns whether a model's advantage is certain in every measure that decides, over both. */
  static boolean beats(String model, List<Figure> figures) {
    List<Figure> advantages =
        figures.stream().filter(it -> it.model().equals(model) && it.over() != null).toList();
    return !advantages.isEmpty()
        && advantages.stream().allMatch(it -> it.low() != null && it.low() > 0);
  }

  private static int[] draw(SplittableRandom random, int customers) {
    int[] times = new int[customers];
    for (int i = 0; i < customers; i++) {
      // Not nextInt(bound): how that draws is left to the JDK, and may differ in the next.
      times[(int) (((random.nextLong() >>> 32) * customers) >>> 32)]++;
    }
    return times;
  }

  private static Figure figure(
      Target target,
      String model,
      String over,
      String measure,
      int sign,
      Map<String, Map<String, Double>> value,
      List<Map<String, Map<String, Double>>> drawn) {
    double[] draws =
        drawn.stream()
            .mapToDouble(it -> sign * difference(it, model, over, measure))
            .filter(it -> !Double.isNaN(it))
            .sorted()
            .toArray();
    double all = sign * difference(value, model, over, measure);
    boolean none = Double.isNaN(all) || draws.length < RESAMPLES / 2;
    return new Figure(
        target.id(),
        model,
        over,
        measure,
        Double.isNaN(all) ? null : all,
        none ? null : percentile(draws, TAIL),
        none ? null : percentile(draws, 1 - TAIL));
  }

  private static double difference(
      Map<String, Map<String, Double>> values, String model, String over, String measure) {
    double own = values.get(model).get(measure);
    return over == null ? own : own - values.get(over).get(measure);
  }

  private static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
