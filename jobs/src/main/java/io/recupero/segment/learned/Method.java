package io.recupero.segment.learned;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.clustering.BisectingKMeans;
import org.apache.spark.ml.clustering.BisectingKMeansModel;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A way to group customers. Identifiers are fixed, because Spark saves them with a model. */
public enum Method {
  /** Groups around centres; the first centres are drawn. */
  KMEANS {
    @Override
    Clustering fit(Dataset<Row> points, int k, long seed, int starts) {
      KMeansModel best = null;
      for (int start = 0; start < starts; start++) {
        KMeans kmeans = new KMeans("segments_kmeans").setK(k).setSeed(seed + 7_919L * start);
        KMeansModel model = kmeans.setFeaturesCol(POINT).setPredictionCol(CLUSTER).fit(points);
        boolean better =
            best == null || model.summary().trainingCost() < best.summary().trainingCost();
        best = better ? model : best;
      }
      KMeansModel model = best;
      return new Clustering(model, model::predict);
    }
  },
  /** Halves the most spread group until there are enough: groups within groups. */
  BISECTING {
    @Override
    Clustering fit(Dataset<Row> points, int k, long seed, int starts) {
      BisectingKMeansModel model =
          new BisectingKMeans("segments_bisecting")
              .setK(k)
              .setSeed(seed)
              .setFeaturesCol(POINT)
              .setPredictionCol(CLUSTER)
              .fit(points);
      return new Clustering(model, model::predict);
    }
  },
  /** Groups of different spread and direction, where k-means only knows round ones. Slow. */
  MIXTURE {
    @Override
    Clustering fit(Dataset<Row> points, int k, long seed, int starts) {
      GaussianMixtureModel model =
          new GaussianMixture("segments_mixture")
              .setK(k)
              .setSeed(seed)
              .setFeaturesCol(POINT)
              .setPredictionCol(CLUSTER)
              .setProbabilityCol("cluster_probability")
              .fit(points);
      return new Clustering(model, model::predict);
    }
  };

  /** The column that points are read from. */
  static final String POINT = "point";

  /** The column that the number of the group is written to. */
  static final String CLUSTER = "cluster";

  /**
   * Groups points.
   *
   * @param seed of what is drawn
   * @param starts how often to begin anew, where the result depends on where it begins
   */
  abstract Clustering fit(Dataset<Row> points, int k, long seed, int starts);

  /** Tells the group of a point. */
  interface Predictor {
    int of(Vector point);
  }

  /** What a fit found. */
  record Clustering(Model<?> model, Predictor predictor) {

    int[] of(Vector[] points) {
      int[] clusters = new int[points.length];
      for (int i = 0; i < points.length; i++) {
        clusters[i] = predictor.of(points[i]);
      }
      return clusters;
    }
  }
}
