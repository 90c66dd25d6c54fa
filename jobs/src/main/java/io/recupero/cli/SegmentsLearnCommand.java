package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Names;
import io.recupero.segment.AsOf;
import io.recupero.segment.ComparedTable;
import io.recupero.segment.CustomerFeatures;
import io.recupero.segment.FeatureCards;
import io.recupero.segment.SegmentRulesWriter;
import io.recupero.segment.learned.LearnSettings;
import io.recupero.segment.learned.LearnedSegments;
import io.recupero.segment.learned.Method;
import io.recupero.segment.learned.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds segments of customers that are alike, and writes them as rules. */
@Command(name = "learn")
final class SegmentsLearnCommand implements Callable<Integer> {

  private static final Pattern RANGE = Pattern.compile("(\\d+)(?:\\.\\.(\\d+))?");
  private static final List<String> TABLES = List.of("tried", "segments", "profiles", "fidelity");

  @picocli.CommandLine.Mixin private Common common;
  @picocli.CommandLine.Mixin private SegmentsAt at;

  @Option(names = "--k", paramLabel = "2..8", descriptionKey = "segments-k")
  private String k = "2..8";

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "NAME",
      descriptionKey = "segments-features")
  private List<String> features = LearnSettings.FEATURES;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "kmeans|bisecting|mixture",
      descriptionKey = "segments-methods")
  private List<Method> methods = List.of(Method.KMEANS, Method.BISECTING);

  @Option(names = "--samples", paramLabel = "NUMBER", descriptionKey = "segments-samples")
  private int samples = 10;

  @Option(names = "--seed", paramLabel = "NUMBER", descriptionKey = "segments-seed")
  private long seed = 1;

  @Option(names = "--table", paramLabel = "NAME", descriptionKey = "segments-learn-table")
  private String only;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      descriptionKey = "segments-learn-out")
  private Path out;

  @Override
  public Integer call() throws IOException {
    List<String> wanted = wanted();
    LearnSettings settings = settings();
    Path lake = common.lake();
    SegmentsAt.Opened opened = at.open(lake);
    AsOf date = AsOf.ofRun(opened.date(), opened.zone(), opened.known());
    Dataset<Row> customers = CustomerFeatures.at(List.of(date), opened.zone()).of(opened.inputs());
    LearnedSegments learned = LearnedSegments.of(customers, settings, FeatureCards.load());
    if (!learned.left().isEmpty()) {
      common.say("segments.left", String.join(", ", learned.left()));
    }
    for (ComparedTable table : learned.tables()) {
      if (wanted.contains(table.id()) && !table.rows().isEmpty()) {
        print(table, wanted.size() > 1);
      }
    }
    if (learned.rules().isEmpty()) {
      common.say("segments.none_stable", k);
      return Failures.FAILED;
    }
    if (!learned.isStable()) {
      common.say("segments.unstable");
    }
    keep(learned, settings, opened, lake);
    return 0;
  }

  private LearnSettings settings() {
    Matcher range = RANGE.matcher(k);
    if (!range.matches()) {
      throw new InvalidConfigException(
          "Invalid --k '%s'. Write how many segments to try, as 2..8, or one number.".formatted(k));
    }
    int fewest = Integer.parseInt(range.group(1));
    int most = range.group(2) == null ? fewest : Integer.parseInt(range.group(2));
    try {
      return new LearnSettings(features, fewest, most, methods, samples, seed);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(e.getMessage());
    }
  }

  private List<String> wanted() {
    if (only == null) {
      return common.format() == Format.TABLE ? TABLES : List.of("tried");
    }
    if (!TABLES.contains(only)) {
      throw new InvalidConfigException(
          "Invalid --table %s.%s There are %s."
              .formatted(only, Names.didYouMean(only, TABLES), String.join(", ", TABLES)));
    }
    return List.of(only);
  }

  private void print(ComparedTable table, boolean withTitle) {
    if (withTitle) {
      common.out().println();
      common.out().println(common.messages().text("segments.learned.table." + table.id()));
    }
    common.print(new Table(table.columns(), table.rows()));
  }

  private void keep(
      LearnedSegments learned, LearnSettings settings, SegmentsAt.Opened opened, Path lake)
      throws IOException {
    Map<String, Object> about = about(learned, settings, opened);
    StringBuilder yaml =
        new StringBuilder("# Learned segments. As found: name them, add treatments");
    yaml.append(", change what should be otherwise.\n");
    about.forEach((key, value) -> yaml.append("# %s: %s\n".formatted(key, value)));
    yaml.append(SegmentRulesWriter.text(List.of(learned.rules().orElseThrow())));
    Path parent = out.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Files.writeString(out, yaml);
    Path kept = ModelStore.of(lake).save(learned, yaml.toString(), about);
    common.say("segments.learned_written", out, kept);
  }

  private static Map<String, Object> about(
      LearnedSegments learned, LearnSettings settings, SegmentsAt.Opened opened) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("model", learned.id().orElseThrow());
    about.put("as_of", opened.date().toString());
    about.put("known_at", opened.known().toString());
    about.put("release", opened.release().number());
    about.put("seed", settings.seed());
    about.put("samples", settings.samples());
    about.put("features", settings.features());
    about.putAll(learned.figures());
    return about;
  }
}
