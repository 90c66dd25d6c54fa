package io.recupero.segment.learned;

import io.recupero.segment.learned.Dimension.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;

/**
 * How customers become points.
 *
 * <p>One SQL statement with the figures that were found, and an assembler: both are Spark's own, so
 * a saved pipeline loads wherever Spark is, and a reader sees what is done.
 *
 * @param dimensions what points are made of
 * @param left features that say nothing of these customers: without values, or the same for all
 */
record Preparation(List<Dimension> dimensions, List<String> left) {

  private static final String PLAIN = "plain_";

  Preparation {
    dimensions = List.copyOf(dimensions);
    left = List.copyOf(left);
  }

  /**
   * Returns the dimensions of features.
   *
   * @param alike of features that are missing for the same customers, the first one: the others
   *     would say the same again
   */
  static List<Dimension> dimensions(List<Feature> features, Function<Feature, Feature> alike) {
    List<Dimension> all = new ArrayList<>();
    for (Feature feature : features) {
      if (feature instanceof Feature.Numeric number && number.spread() > 0) {
        all.add(Dimension.number(all.size(), number));
      }
      if (feature instanceof Feature.Categorical words) {
        for (String level : words.levels()) {
          all.add(Dimension.flag(all.size(), words, Kind.LEVEL, level, words.is(level)));
        }
        if (words.hasOthers()) {
          all.add(Dimension.flag(all.size(), words, Kind.OTHER, null, words.isOther()));
        }
      }
      if (feature.equals(alike.apply(feature))) {
        all.add(Dimension.flag(all.size(), feature, Kind.MISSING, null, feature.id() + " IS NULL"));
      }
    }
    return all;
  }

  /** Returns the stages that make points: impute, take logarithms, scale, fold rare words. */
  PipelineStage[] stages() {
    return stages("segments", "", Dimension::scaled, Method.POINT);
  }

  /** Returns the stages that make what rules are found in: the same, as people know it. */
  PipelineStage[] plainStages() {
    return stages("segments_plain", PLAIN, Dimension::plain, "plain");
  }

  private PipelineStage[] stages(
      String id, String prefix, Function<Dimension, String> sql, String output) {
    String columns =
        dimensions.stream()
            .map(it -> sql.apply(it) + " AS " + prefix + it.name())
            .collect(Collectors.joining(", "));
    return new PipelineStage[] {
      new SQLTransformer(id + "_prepare").setStatement("SELECT *, " + columns + " FROM __THIS__"),
      new VectorAssembler(id + "_assemble")
          .setInputCols(dimensions.stream().map(it -> prefix + it.name()).toArray(String[]::new))
          .setOutputCol(output)
    };
  }
}
