package io.recupero.risk;

import io.recupero.segment.AsOf;
import io.recupero.segment.FeatureInputs;
import io.recupero.segment.SegmentRules;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains and judges models of late payment on what is known at a date. A model is offered only
 * where it beats, on documents of later closes than it was trained on, both that last behaviour
 * repeats and that all of a segment are alike.
 */
public final class RiskTraining {

  private final FeatureInputs inputs;
  private final AsOf until;
  private final ZoneId zone;
  private final int graceDays;
  private final SegmentRules rules;
  private final long seed;

  /**
   * Prepares it.
   *
   * @param until the date that outcomes are known to
   * @param zone the creditor's time zone, in which months close
   * @param graceDays days after the due date that do not count as late
   * @param rules the segments that the segment average is of
   */
  public RiskTraining(
      FeatureInputs inputs, AsOf until, ZoneId zone, int graceDays, SegmentRules rules, long seed) {
    this.inputs = inputs;
    this.until = until;
    this.zone = zone;
    this.graceDays = graceDays;
    this.rules = rules;
    this.seed = seed;
  }

  /** Judges, and trains nothing that is kept. */
  public Map<Target, Judgement> evaluate() {
    try (RiskHistory history = history()) {
      return evaluate(history);
    }
  }

  /**
   * Judges, and trains what is offered on all that is known.
   *
   * @param number the model's number
   * @param release the number of the release that the inputs are of
   * @throws IllegalStateException where nothing has fallen due before the date
   */
  public RiskModel train(long number, long release) {
    try (RiskHistory history = history()) {
      Map<Target, Judgement> judgements = evaluate(history);
      Map<Target, Long> rows = new EnumMap<>(Target.class);
      Map<Target, Baselines> baselines = new EnumMap<>(Target.class);
      Map<Target, PipelineModel> models = new EnumMap<>(Target.class);
      java.util.List<RiskCard.Slot> reference = java.util.List.of();
      for (Target target : Target.values()) {
        Dataset<Row> known =
            Learner.inOrder(history.known(target)).persist(StorageLevel.MEMORY_AND_DISK());
        long count = known.count();
        refuseNothing(count);
        rows.put(target, count);
        baselines.put(target, Baselines.of(known, graceDays));
        if (judgements.get(target).passed()) {
          PipelineModel model =
              new Learner(seed).fit(known, target, judgements.get(target).offered());
          models.put(target, model);
          reference = target == Target.LATE ? Slots.usual(model, known) : reference;
        }
        known.unpersist();
      }
      RiskCard card =
          new RiskCard(
              number,
              until.day(),
              until.known(),
              release,
              seed,
              graceDays,
              rows,
              judgements,
              baselines,
              reference);
      return new RiskModel(
          card,
          Optional.ofNullable(models.get(Target.LATE)),
          Optional.ofNullable(models.get(Target.DAYS)));
    }
  }

  private void refuseNothing(long count) {
    if (count == 0) {
      throw new IllegalStateException(
          "Cannot train on what is known at "
              + until.day()
              + ": no document was open at the close of a month and fell due 90 days before that"
              + " date. Run to a later date, or take in more of the past.");
    }
  }

  private RiskHistory history() {
    return new RiskHistory(inputs, until, zone, graceDays, rules);
  }

  private Map<Target, Judgement> evaluate(RiskHistory history) {
    Map<Target, Judgement> judgements = new EnumMap<>(Target.class);
    for (Target target : Target.values()) {
      judgements.put(target, new RollingOrigin(history, seed).judge(target));
    }
    return judgements;
  }
}
