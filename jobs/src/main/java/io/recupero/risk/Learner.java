package io.recupero.risk;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Fits the models: gradient-boosted trees, and a logistic regression as the plain one. The same
 * rows and seed give the same model: rows are put in order and in one partition before the seed is
 * drawn on.
 */
final class Learner {

  static final String GBT = "gbt";
  static final String LR = "lr";
  static final String LABEL = "label";

  /** More distinct values of a category are names, not kinds. */
  private static final int MOST_CATEGORIES = 30;

  private static final int TREES = 35;
  private static final int DEPTH = 3;
  private static final double STEP = 0.1;
  private static final int LEAST_OF_A_LEAF = 20;
  private static final int BINS = 48;
  private static final double SHRINK = 0.03;

  private final long seed;

  Learner(long seed) {
    this.seed = seed;
  }

  /**
   * Fits a model.
   *
   * @param rows as {@link RiskRows#at}, with the column {@code label}
   * @param kind {@link #GBT} or {@link #LR}, which of days is a linear regression
   */
  PipelineModel fit(Dataset<Row> rows, Target target, String kind) {
    List<PipelineStage> stages = new ArrayList<>(preparation(rows));
    stages.add(
        switch (target) {
          case DAYS -> kind.equals(GBT) ? regressor() : linear();
          case LATE -> kind.equals(GBT) ? classifier() : logistic();
        });
    return new Pipeline().setStages(stages.toArray(PipelineStage[]::new)).fit(rows);
  }

  /** Adds a column with the model's answer: a probability, or days. */
  static Dataset<Row> score(PipelineModel model, Dataset<Row> rows, Target target, String name) {
    List<Column> kept = new ArrayList<>();
    for (String column : rows.columns()) {
      kept.add(col(column));
    }
    Column answer =
        target == Target.DAYS
            ? col("prediction")
            : functions.vector_to_array(col("probability"), "float64").getItem(1);
    kept.add(answer.as(name));
    return model.transform(rows).select(kept.toArray(Column[]::new));
  }

  /** Returns the rows in the one order that a seed needs. */
  static Dataset<Row> inOrder(Dataset<Row> rows) {
    return rows.coalesce(1).sortWithinPartitions("as_of", "customer_id", "invoice_id");
  }

  private List<PipelineStage> preparation(Dataset<Row> rows) {
    Told told = Told.by(rows, MOST_CATEGORIES);
    String[] numbers = told.numbers().toArray(String[]::new);
    String[] categories = told.categories().toArray(String[]::new);
    List<PipelineStage> stages = new ArrayList<>();
    List<String> all = new ArrayList<>();
    if (numbers.length > 0) {
      String[] filled = named(numbers, "f_");
      stages.add(new Imputer().setInputCols(numbers).setOutputCols(filled).setStrategy("median"));
      all.addAll(Arrays.asList(filled));
    }
    if (categories.length > 0) {
      String[] encoded = named(categories, "e_");
      stages.add(
          new StringIndexer()
              .setInputCols(categories)
              .setOutputCols(named(categories, "i_"))
              .setHandleInvalid("keep"));
      stages.add(
          new OneHotEncoder()
              .setInputCols(named(categories, "i_"))
              .setOutputCols(encoded)
              .setHandleInvalid("keep")
              .setDropLast(true));
      all.addAll(Arrays.asList(encoded));
    }
    stages.add(
        new VectorAssembler().setInputCols(all.toArray(String[]::new)).setOutputCol("features"));
    return stages;
  }

  private static String[] named(String[] columns, String prefix) {
    return Arrays.stream(columns).map(column -> prefix + column).toArray(String[]::new);
  }

  private PipelineStage classifier() {
    return new GBTClassifier()
        .setLabelCol(LABEL)
        .setMaxIter(TREES)
        .setMaxDepth(DEPTH)
        .setStepSize(STEP)
        .setMaxBins(BINS)
        .setMinInstancesPerNode(LEAST_OF_A_LEAF)
        .setSubsamplingRate(0.8)
        .setFeatureSubsetStrategy("onethird")
        .setSeed(seed);
  }

  private PipelineStage regressor() {
    return new GBTRegressor()
        .setLabelCol(LABEL)
        .setMaxIter(TREES)
        .setMaxDepth(DEPTH)
        .setStepSize(STEP)
        .setMaxBins(BINS)
        .setMinInstancesPerNode(LEAST_OF_A_LEAF)
        .setSubsamplingRate(0.8)
        .setFeatureSubsetStrategy("onethird")
        .setSeed(seed);
  }

  private static PipelineStage linear() {
    return new LinearRegression().setLabelCol(LABEL).setRegParam(SHRINK).setMaxIter(100);
  }

  private static PipelineStage logistic() {
    return new LogisticRegression().setLabelCol(LABEL).setRegParam(SHRINK).setMaxIter(100);
  }
}
