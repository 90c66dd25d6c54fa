package io.recupero.segment.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.recupero.config.InvalidConfigException;
import io.recupero.segment.FeatureCards;
import io.recupero.segment.SegmentRule;
import io.recupero.segment.SegmentRules;
import io.recupero.segment.SegmentRulesWriter;
import io.recupero.segment.SegmentVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Segments that are learned")
class LearnedSegmentsTest {

  private static final List<String> FEATURES =
      List.of(
          "on_time_share_12m",
          "days_late_mean_12m",
          "current_dpd",
          "open_amount",
          "company_size",
          "disputes_12m");
  private static final Population FOUR = Population.ofFourGroups(60);

  private static LearnedSegments learned;

  @TempDir private Path lake;

  @BeforeAll
  static void learnOnce() {
    learned =
        LearnedSegments.of(
            FOUR.frame(),
            new LearnSettings(FEATURES, 2, 6, List.of(Method.KMEANS, Method.BISECTING), 4, 1),
            FeatureCards.load());
  }

  @DisplayName("find the groups that customers were made of, and how many there are")
  @Test
  void recovers() {
    Candidate best = learned.found().orElseThrow().candidate();
    assertThat(best.asked()).isEqualTo(4);
    assertThat(best.sizes()).containsExactly(60, 60, 60, 60);
    assertThat(best.stability()).isGreaterThan(0.95);
    assertThat(learned.isStable()).isTrue();
    assertThat(learned.left()).as("it has no values").containsExactly("disputes_12m");
    assertThat(learned.tried().rows()).hasSize(10);
  }

  @DisplayName("are told by rules that read and give the same, also by those made of others")
  @Test
  void rules() {
    SegmentVersion rules = learned.rules().orElseThrow();
    String yaml = SegmentRulesWriter.text(List.of(rules));
    SegmentRules read = SegmentRules.parse("learned.yaml", yaml);
    assertThat(read.versions()).containsExactly(rules);
    assertThat(AdjustedRand.index(FOUR.groups(), segments(read.assign(FOUR.frame()))))
        .isGreaterThan(0.95);
    Fidelity.Depth depth = learned.found().orElseThrow().fidelity().chosen();
    assertThat(depth.inSample()).isGreaterThan(0.97);
    assertThat(depth.outOfSample()).isGreaterThan(0.95);
  }

  @DisplayName("are named by what sets them apart, in both languages")
  @Test
  void names() {
    List<SegmentRule> rules = learned.rules().orElseThrow().rules();
    assertThat(rules).extracting(SegmentRule::id).doesNotHaveDuplicates().hasSize(4);
    assertThat(rules)
        .extracting(rule -> rule.name().es())
        .anyMatch(name -> name.contains("Días de mora: mayor") || name.contains("atraso medios"))
        .anyMatch(name -> name.contains("sin dato"));
    assertThat(rules)
        .extracting(rule -> rule.name().en())
        .anyMatch(name -> name.contains("no value"))
        .anyMatch(name -> name.contains("Open balance: higher") || name.contains("large"));
  }

  @DisplayName("are the same for the same seed, whatever the order of customers, down to the files")
  @Test
  void reproducible() throws Exception {
    LearnSettings settings = new LearnSettings(FEATURES, 4, 4, List.of(Method.KMEANS), 2, 11);
    List<Path> kept = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    List<String> tables = new ArrayList<>();
    for (String folder : List.of("first", "second")) {
      Dataset<Row> customers = FOUR.frame().repartition(folder.length());
      LearnedSegments one = LearnedSegments.of(customers, settings, FeatureCards.load());
      String yaml = SegmentRulesWriter.text(List.of(one.rules().orElseThrow()));
      ModelStore store = ModelStore.of(lake.resolve(folder));
      kept.add(store.save(one, yaml, new java.util.LinkedHashMap<>(one.figures())));
      assertThat(store.save(one, "other", Map.of())).isEqualTo(kept.get(kept.size() - 1));
      ids.add(one.id().orElseThrow());
      tables.add(one.tables().toString());
    }
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(tables.get(0)).isEqualTo(tables.get(1));
    for (String file : List.of("segments.yaml", "model.json")) {
      assertThat(kept.get(0).resolve(file)).hasSameTextualContentAs(kept.get(1).resolve(file));
    }
    assertThat(metadata(kept.get(0))).isEqualTo(metadata(kept.get(1))).isNotEmpty();
    assertThat(centres(kept.get(0))).isEqualTo(centres(kept.get(1)));
    assertThat(Files.list(kept.get(0).getParent())).as("nothing half-written").hasSize(1);
  }

  @DisplayName("can be loaded again, and group customers as they did")
  @Test
  void loads() {
    ModelStore store = ModelStore.of(lake);
    store.save(learned, "versions: []", Map.of("seed", 1));
    PipelineModel model = store.load(learned.id().orElseThrow());
    int[] clusters =
        model
            .transform(FOUR.frame())
            .orderBy("customer_id")
            .select("cluster")
            .collectAsList()
            .stream()
            .mapToInt(row -> row.getInt(0))
            .toArray();
    assertThat(AdjustedRand.index(FOUR.groups(), clusters)).isGreaterThan(0.99);
    assertThatThrownBy(() -> store.load("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("segments learn");
  }

  @DisplayName("are none where there is nothing to find: no number of groups is stable")
  @Test
  void noise() {
    List<String> features =
        List.of(
            "on_time_share_12m",
            "days_late_mean_12m",
            "credit_used_share",
            "billing_trend",
            "weighted_dpd",
            "days_late_stddev_ever");
    Dataset<Row> customers = Population.ofNoise(300, features).frame();
    List<Method> methods = List.of(Method.KMEANS, Method.BISECTING);
    LearnedSegments nothing =
        LearnedSegments.of(
            customers, new LearnSettings(features, 2, 5, methods, 4, 1), FeatureCards.load());
    assertThat(nothing.candidates()).noneMatch(Candidate::isStable).hasSize(8);
    assertThat(nothing.rules()).isEmpty();
    assertThat(nothing.tried().rows()).allMatch(row -> row.get(5).equals("no"));

    // Who asks for one number gets it, and is told.
    LearnedSegments asked =
        LearnedSegments.of(
            customers,
            new LearnSettings(features, 3, 3, List.of(Method.MIXTURE), 2, 1),
            FeatureCards.load());
    assertThat(asked.rules()).isPresent();
    assertThat(asked.isStable()).isFalse();
  }

  @DisplayName("agree or not, whatever they are called")
  @Test
  void adjustedRand() {
    int[] six = {0, 0, 0, 1, 1, 1};
    assertThat(AdjustedRand.index(six, new int[] {5, 5, 5, 2, 2, 2})).isEqualTo(1);
    // pairs together in both 2, in a 6, in b 3, of 15: (2 - 6*3/15) / (4.5 - 1.2)
    assertThat(AdjustedRand.index(six, new int[] {0, 0, 1, 1, 2, 2}))
        .isCloseTo((2 - 1.2) / (4.5 - 1.2), within(1e-12));
    assertThat(AdjustedRand.index(new int[] {0, 0}, new int[] {3, 3})).isEqualTo(1);
  }

  @DisplayName("are refused of features that there are not, and of such as say nothing")
  @Test
  void features() {
    assertThatThrownBy(() -> of("curent_dpd"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("Did you mean current_dpd?");
    assertThatThrownBy(() -> of("disputes_12m"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("no values");
  }

  private static LearnedSegments of(String feature) {
    LearnSettings settings =
        new LearnSettings(List.of(feature), 2, 2, List.of(Method.KMEANS), 2, 1);
    return LearnedSegments.of(FOUR.frame(), settings, FeatureCards.load());
  }

  private static int[] segments(Dataset<Row> assigned) {
    List<String> ids = new ArrayList<>();
    return assigned.orderBy("customer_id").select("segment").collectAsList().stream()
        .mapToInt(
            row -> {
              if (!ids.contains(row.getString(0))) {
                ids.add(row.getString(0));
              }
              return ids.indexOf(row.getString(0));
            })
        .toArray();
  }

  /** What each stage is, without the moment at which it was written. */
  private static List<String> metadata(Path kept) throws Exception {
    try (var files = Files.walk(kept.resolve("model"))) {
      List<String> texts = new ArrayList<>();
      for (Path file :
          files.filter(it -> it.getFileName().toString().startsWith("part-")).sorted().toList()) {
        if (file.toString().contains("metadata")) {
          texts.add(Files.readString(file).replaceAll("\"timestamp\":\\d+", ""));
        }
      }
      return texts.stream().sorted().toList();
    }
  }

  private static List<String> centres(Path kept) {
    PipelineModel model = PipelineModel.load(kept.resolve("model").toUri().toString());
    KMeansModel kmeans = (KMeansModel) model.stages()[2];
    return List.of(kmeans.clusterCenters()).stream().map(Object::toString).toList();
  }
}
