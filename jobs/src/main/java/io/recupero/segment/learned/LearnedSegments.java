package io.recupero.segment.learned;

import io.recupero.contract.Text;
import io.recupero.plan.Fingerprint;
import io.recupero.segment.ComparedTable;
import io.recupero.segment.FeatureCards;
import io.recupero.segment.SegmentRulesWriter;
import io.recupero.segment.SegmentVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Segments found by likeness: customers become points, points become groups, and groups become
 * rules that people can read, change and commit.
 *
 * @param left features that say nothing of these customers
 * @param candidates what was tried, by method and number of groups
 * @param found the best of them; empty where none is stable
 */
public record LearnedSegments(
    List<String> left, List<Candidate> candidates, Optional<Found> found) {

  /** More customers than this make nothing more certain: so many are drawn, by their ids. */
  static final int MOST_CUSTOMERS = 20_000;

  /**
   * What was chosen.
   *
   * @param id a hash of what it is made of: the same customers, settings and seed give the same
   * @param model Spark ML's own: it adds {@code cluster} to rows with features
   * @param ids of the segments, by the number of their cluster in {@code model}
   */
  record Found(
      String id,
      Candidate candidate,
      PipelineModel model,
      List<Integer> clusters,
      List<String> ids,
      List<Text> names,
      List<Profile> profiles,
      Fidelity fidelity) {}

  /**
   * Learns.
   *
   * @param features of customers at one date, with the columns of {@code gold.customer_features}
   * @throws io.recupero.config.InvalidConfigException where a feature has no card, or none of them
   *     tells customers apart
   */
  public static LearnedSegments of(
      Dataset<Row> features, LearnSettings settings, FeatureCards cards) {
    Dataset<Row> customers = drawn(features);
    try {
      Preparation preparation = Preparing.of(customers, settings.features(), cards);
      PipelineModel prepared = pipeline(preparation.stages()).fit(customers);
      Dataset<Row> points =
          prepared
              .transform(customers)
              .select("customer_id", Method.POINT)
              .persist(StorageLevel.MEMORY_AND_DISK());
      List<Candidate> candidates = new Search(points, settings).candidates();
      Optional<Found> found =
          Search.best(candidates, settings)
              .map(best -> found(customers, points, preparation, best, settings.seed()));
      points.unpersist();
      return new LearnedSegments(preparation.left(), candidates, found);
    } finally {
      customers.unpersist();
    }
  }

  /** In one partition and a fixed order: what is drawn, and the last digits of sums, hang on it. */
  private static Dataset<Row> drawn(Dataset<Row> features) {
    return features
        .orderBy(functions.expr("XXHASH64(customer_id)"), functions.col("customer_id"))
        .limit(MOST_CUSTOMERS)
        .repartition(1)
        .sortWithinPartitions("customer_id")
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Pipeline pipeline(PipelineStage... stages) {
    return new Pipeline("segments_pipeline").setStages(stages);
  }

  private static Found found(
      Dataset<Row> customers,
      Dataset<Row> points,
      Preparation preparation,
      Candidate best,
      long seed) {
    Vector[] all =
        points.select(Method.POINT).collectAsList().stream()
            .map(row -> row.<Vector>getAs(0))
            .toArray(Vector[]::new);
    int[] clusters = best.clustering().of(all);
    List<Integer> order = Arrays.stream(Candidate.bySize(clusters)).boxed().toList();
    List<Profile> profiles =
        order.stream()
            .map(cluster -> Profile.of(preparation.dimensions(), all, clusters, cluster))
            .toList();
    List<String> ids = Profile.ids(profiles);
    List<Text> names = profiles.stream().map(Profile::name).toList();
    PipelineStage[] stages =
        Stream.concat(Arrays.stream(preparation.stages()), Stream.of(best.clustering().model()))
            .toArray(PipelineStage[]::new);
    PipelineModel model = pipeline(stages).fit(customers);
    String label =
        "CAST(ARRAY_POSITION(ARRAY("
            + String.join(", ", order.stream().map(String::valueOf).toList())
            + "), cluster) - 1 AS DOUBLE) AS label";
    Dataset<Row> labelled =
        pipeline(preparation.plainStages())
            .fit(customers)
            .transform(model.transform(customers).selectExpr(with(customers, label)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Fidelity fidelity = Fidelity.of(labelled, preparation.dimensions(), ids, names, seed);
    labelled.unpersist();
    String content =
        SegmentRulesWriter.text(List.of(fidelity.chosen().rules()))
            + preparation.dimensions().stream().map(Dimension::scaled).toList()
            + best.method()
            + Arrays.toString(clusters);
    return new Found(
        Fingerprint.ofText(content), best, model, order, ids, names, profiles, fidelity);
  }

  private static String[] with(Dataset<Row> customers, String column) {
    return Stream.concat(Arrays.stream(customers.columns()), Stream.of(column))
        .toArray(String[]::new);
  }

  /** Returns the rules that say what was found. */
  public Optional<SegmentVersion> rules() {
    return found.map(it -> it.fidelity().chosen().rules());
  }

  /** Returns the id of what was found. */
  public Optional<String> id() {
    return found.map(Found::id);
  }

  /** Returns whether what was found is stable; false where one number of groups was asked for. */
  public boolean isStable() {
    return found.filter(it -> it.candidate().isStable()).isPresent();
  }

  /** Returns the figures of what was found, by name; none where nothing was. */
  public Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    found.ifPresent(
        it -> {
          Candidate candidate = it.candidate();
          Fidelity.Depth depth = it.fidelity().chosen();
          figures.put("method", candidate.method().name().toLowerCase(Locale.ROOT));
          figures.put("k", candidate.asked());
          figures.put("silhouette", Figures.decimal(candidate.silhouette()));
          figures.put("stability", Figures.decimal(candidate.stability()));
          figures.put("fidelity_in_sample", Figures.decimal(depth.inSample()));
          figures.put("fidelity_out_of_sample", Figures.decimal(depth.outOfSample()));
          figures.put("segments_by_cluster", byCluster(it));
        });
    return figures;
  }

  private static Map<Integer, String> byCluster(Found found) {
    Map<Integer, String> ids = new TreeMap<>();
    for (int i = 0; i < found.ids().size(); i++) {
      ids.put(found.clusters().get(i), found.ids().get(i));
    }
    return ids;
  }

  /** Returns a row a method and number of segments: how far apart, how stable, how large. */
  public ComparedTable tried() {
    List<List<Object>> rows = new ArrayList<>();
    for (Candidate candidate : candidates) {
      boolean chosen = found.filter(it -> it.candidate().equals(candidate)).isPresent();
      rows.add(
          Arrays.asList(
              candidate.method().name().toLowerCase(Locale.ROOT),
              candidate.asked(),
              Figures.decimal(candidate.silhouette()),
              Figures.decimal(candidate.stability()),
              Figures.decimal(candidate.least()),
              candidate.isStable() ? "yes" : "no",
              Figures.sizes(candidate.sizes()),
              chosen ? "*" : null));
    }
    return new ComparedTable(
        "tried",
        List.of("method", "k", "silhouette", "stability", "least", "stable", "sizes", "chosen"),
        rows);
  }

  /** Returns a row a segment: how many customers, and what it is called. */
  public ComparedTable segments() {
    List<List<Object>> rows = new ArrayList<>();
    found.ifPresent(
        it -> {
          double all = Arrays.stream(it.candidate().sizes()).sum();
          for (int i = 0; i < it.ids().size(); i++) {
            long size = it.candidate().sizes()[i];
            rows.add(
                Arrays.asList(
                    it.ids().get(i),
                    size,
                    Figures.decimal(100 * size / all),
                    it.names().get(i).es(),
                    it.names().get(i).en()));
          }
        });
    return new ComparedTable(
        "segments", List.of("segment", "customers", "share", "name_es", "name_en"), rows);
  }

  /** Returns the tables: tried, segments, profiles, fidelity. */
  public List<ComparedTable> tables() {
    return List.of(tried(), segments(), profiles(), fidelity());
  }

  /** Returns a row a segment and mark: what sets it apart, in standard deviations of all. */
  public ComparedTable profiles() {
    List<List<Object>> rows = new ArrayList<>();
    found.ifPresent(
        it ->
            IntStream.range(0, it.ids().size())
                .forEach(
                    i ->
                        it.profiles()
                            .get(i)
                            .marks()
                            .forEach(
                                mark ->
                                    rows.add(
                                        Arrays.asList(
                                            it.ids().get(i),
                                            it.candidate().sizes()[i],
                                            mark.dimension().feature().id(),
                                            mark.says(),
                                            mark.dimension().level(),
                                            Figures.decimal(mark.difference()))))));
    return new ComparedTable(
        "profiles",
        List.of("segment", "customers", "feature", "says", "level", "difference"),
        rows);
  }

  /** Returns a row a depth of the rules: how long they are, and how well they say the groups. */
  public ComparedTable fidelity() {
    List<List<Object>> rows = new ArrayList<>();
    found.ifPresent(
        it ->
            it.fidelity()
                .depths()
                .forEach(
                    depth ->
                        rows.add(
                            Arrays.asList(
                                depth.depth(),
                                depth.rules().rules().size(),
                                RuleTree.conditions(depth.rules()),
                                Figures.decimal(100 * depth.inSample()),
                                Figures.decimal(100 * depth.outOfSample()),
                                depth.equals(it.fidelity().chosen()) ? "*" : null))));
    return new ComparedTable(
        "fidelity",
        List.of("depth", "segments", "conditions", "in_sample", "out_of_sample", "chosen"),
        rows);
  }
}
