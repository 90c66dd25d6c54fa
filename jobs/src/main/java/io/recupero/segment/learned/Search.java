package io.recupero.segment.learned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Tries numbers of groups and ways to make them. */
final class Search {

  /** How often k-means begins anew: the least spread is kept. */
  private static final int STARTS = 3;

  private static final int AT_ONCE = 4;

  private final Dataset<Row> points;
  private final Vector[] all;
  private final LearnSettings settings;

  /**
   * Begins a search.
   *
   * @param points customers as points, in one partition and in a fixed order: what is drawn depends
   *     on both
   */
  Search(Dataset<Row> points, LearnSettings settings) {
    this.points = points;
    this.settings = settings;
    this.all =
        points.select(Method.POINT).collectAsList().stream()
            .map(row -> row.<Vector>getAs(0))
            .toArray(Vector[]::new);
  }

  /** Returns the candidates, by method and number of groups. */
  List<Candidate> candidates() {
    List<Try> tries = tries();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<List<int[]>>> samples = new ArrayList<>();
      for (int sample = 1; sample <= settings.samples(); sample++) {
        long seed = settings.seed() + sample;
        samples.add(threads.submit(() -> ofSample(tries, seed)));
      }
      List<Future<Method.Clustering>> fits = new ArrayList<>();
      for (Try one : tries) {
        fits.add(threads.submit(() -> one.method().fit(points, one.k(), settings.seed(), STARTS)));
      }
      List<List<int[]>> bySample = new ArrayList<>();
      for (Future<List<int[]>> sample : samples) {
        bySample.add(sample.get());
      }
      List<Candidate> candidates = new ArrayList<>();
      for (int i = 0; i < tries.size(); i++) {
        int at = i;
        candidates.add(
            candidate(
                tries.get(i), fits.get(i).get(), bySample.stream().map(of -> of.get(at)).toList()));
      }
      return candidates;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot go on: the search was interrupted", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("Cannot group the customers: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns the best: of those that are stable the one whose groups lie furthest apart. */
  static Optional<Candidate> best(List<Candidate> candidates, LearnSettings settings) {
    Comparator<Candidate> apart =
        Comparator.comparingDouble(it -> Double.isNaN(it.silhouette()) ? -1 : it.silhouette());
    return candidates.stream()
        .filter(it -> it.isStable() || settings.isOne() && it.sizes().length > 1)
        .max(Comparator.comparing(Candidate::isStable).thenComparing(apart));
  }

  private List<Try> tries() {
    List<Try> tries = new ArrayList<>();
    for (Method method : settings.methods()) {
      for (int k = settings.fewest(); k <= settings.most(); k++) {
        tries.add(new Try(method, k));
      }
    }
    return tries;
  }

  /** Returns, of every try, the groups of all customers that a bootstrap sample leads to. */
  private List<int[]> ofSample(List<Try> tries, long seed) {
    Dataset<Row> sample = points.sample(true, 1.0, seed).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return tries.stream().map(one -> one.method().fit(sample, one.k(), seed, 1).of(all)).toList();
    } finally {
      sample.unpersist();
    }
  }

  private Candidate candidate(Try one, Method.Clustering clustering, List<int[]> bySample) {
    int[] clusters = clustering.of(all);
    int[] order = Candidate.bySize(clusters);
    long[] sizes =
        Arrays.stream(order)
            .mapToLong(it -> Arrays.stream(clusters).filter(cluster -> cluster == it).count())
            .toArray();
    double[] agreements = agreements(bySample);
    return new Candidate(
        one.method(),
        one.k(),
        sizes,
        sizes.length < 2 ? Double.NaN : silhouette(clustering),
        Arrays.stream(agreements).average().orElse(Double.NaN),
        Arrays.stream(agreements).min().orElse(Double.NaN),
        clustering);
  }

  private double silhouette(Method.Clustering clustering) {
    return new ClusteringEvaluator()
        .setFeaturesCol(Method.POINT)
        .setPredictionCol(Method.CLUSTER)
        .evaluate(clustering.model().transform(points));
  }

  private static double[] agreements(List<int[]> groupings) {
    List<Double> agreements = new ArrayList<>();
    for (int a = 0; a < groupings.size(); a++) {
      for (int b = a + 1; b < groupings.size(); b++) {
        agreements.add(AdjustedRand.index(groupings.get(a), groupings.get(b)));
      }
    }
    return agreements.stream().mapToDouble(it -> it).toArray();
  }

  private record Try(Method method, int k) {}
}
