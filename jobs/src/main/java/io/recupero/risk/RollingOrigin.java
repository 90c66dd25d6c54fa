package io.recupero.risk;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Judges models as they would have been used: trained on the past, asked about what came after. */
final class RollingOrigin {

  /** With fewer rows to learn from, a step is left out. */
  private static final int LEAST_ROWS = 40;

  private final RiskHistory history;
  private final long seed;

  RollingOrigin(RiskHistory history, long seed) {
    this.history = history;
    this.seed = seed;
  }

  Judgement judge(Target target) {
    List<Dataset<Row>> parts = new ArrayList<>();
    for (Fold fold : Fold.of(history.closes())) {
      said(fold, target).ifPresent(parts::add);
    }
    return Judgement.of(Sample.of(parts, models()), target, seed);
  }

  /** What all models, trained at the origin, say at the closes from it on. */
  private java.util.Optional<Dataset<Row>> said(Fold fold, Target target) {
    Dataset<Row> train =
        Learner.inOrder(history.knownAt(fold.origin(), target))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> test = history.seen(fold.tests(), target);
      if (train.count() < LEAST_ROWS || isAlike(train) || test.isEmpty()) {
        return java.util.Optional.empty();
      }
      Learner learner = new Learner(seed);
      Dataset<Row> said = test;
      for (String kind : Judgement.LEARNED) {
        PipelineModel model = learner.fit(train, target, kind);
        said = Learner.score(model, said, target, kind);
      }
      Baselines baselines = Baselines.of(train, history.graceDays());
      for (String baseline : Judgement.BASELINES) {
        said = baselines.score(said, target, baseline, baseline, history.graceDays());
      }
      return java.util.Optional.of(SoFar.atLeast(said, target, models()).localCheckpoint());
    } finally {
      train.unpersist();
    }
  }

  private static List<String> models() {
    List<String> models = new ArrayList<>(Judgement.LEARNED);
    models.addAll(Judgement.BASELINES);
    return models;
  }

  private static boolean isAlike(Dataset<Row> rows) {
    Row range = rows.selectExpr("MIN(label)", "MAX(label)").first();
    return range.get(0).equals(range.get(1));
  }
}
