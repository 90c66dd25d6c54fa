package io.recupero.risk;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A trained model of late payment.
 *
 * @param card what is known of it
 * @param late the model of lateness; empty where none beats both baselines
 * @param days the model of days late; likewise
 */
public record RiskModel(RiskCard card, Optional<PipelineModel> late, Optional<PipelineModel> days) {

  /** Returns a model's name for a target. */
  Optional<PipelineModel> learned(Target target) {
    return target == Target.LATE ? late : days;
  }

  /** Adds what is offered for a target: the model's answer, or that of the better baseline. */
  Dataset<Row> score(Dataset<Row> rows, Target target, String name) {
    Dataset<Row> said =
        learned(target)
            .map(model -> Learner.score(model, rows, target, name))
            .orElseGet(
                () ->
                    card.baselines()
                        .get(target)
                        .score(
                            rows,
                            target,
                            card.judgements().get(target).offered(),
                            name,
                            card.graceDays()));
    return SoFar.atLeast(said, target, List.of(name));
  }
}
