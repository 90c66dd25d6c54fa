package io.recupero.mart;

import io.recupero.contract.YamlNode;
import io.recupero.rules.Span;
import io.recupero.rules.YamlFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ageing scheme through time: {@code schemas/rules/ageing.yaml}. */
public final class AgeingSchemes {

  private static final String FILE = "schemas/rules/ageing.yaml";
  private static final List<String> KEYS = List.of("id", "versions");
  private static final List<String> VERSION_KEYS = List.of("valid_from", "valid_to", "buckets");
  private static final List<String> BUCKET_KEYS = List.of("label", "from_day");

  private final List<Version> versions;

  private record Version(Span span, AgeingScheme scheme) {}

  private AgeingSchemes(List<Version> versions) {
    this.versions = List.copyOf(versions);
  }

  /**
   * Loads the scheme that the program carries.
   *
   * @throws io.recupero.rules.InvalidRulesException if it cannot be used, with every problem's line
   */
  public static AgeingSchemes load() {
    return parse(FILE, YamlFile.resource(FILE));
  }

  static AgeingSchemes parse(String name, String text) {
    YamlFile file = new YamlFile(name);
    YamlNode root = file.parse(text);
    file.keys(root, "an ageing scheme", KEYS);
    file.required(root, "id", "an ageing scheme");
    List<YamlNode> nodes = root.list("versions");
    if (nodes.isEmpty()) {
      file.problem(root, "there are no buckets. Add versions: with at least one.");
    }
    List<Version> versions = nodes.stream().map(node -> version(file, node)).toList();
    Span.mustFollow(file, nodes, versions.stream().map(Version::span).toList());
    if (!versions.isEmpty()) {
      forEver(file, nodes, versions);
    }
    file.throwIfAny();
    return new AgeingSchemes(versions);
  }

  /** Returns the scheme in force on a day. */
  public AgeingScheme on(LocalDate day) {
    return versions.stream()
        .filter(version -> version.span().holdsOn(day))
        .findFirst()
        .orElseThrow()
        .scheme();
  }

  private static void forEver(YamlFile file, List<YamlNode> nodes, List<Version> versions) {
    int last = versions.size() - 1;
    if (versions.get(0).span().from().isPresent()) {
      file.problem(
          nodes.get(0), "no buckets hold before the first version. Delete its valid_from.");
    }
    if (versions.get(last).span().to().isPresent()) {
      file.problem(nodes.get(last), "no buckets hold after the last version. Delete its valid_to.");
    }
  }

  private static Version version(YamlFile file, YamlNode node) {
    file.keys(node, "a version", VERSION_KEYS);
    List<String> labels = new ArrayList<>();
    List<Integer> fromDays = new ArrayList<>();
    List<YamlNode> buckets = node.list("buckets");
    if (buckets.size() < 2) {
      file.problem(
          node, "there are fewer than two buckets. Add one for what is not overdue, and others.");
    }
    for (YamlNode bucket : buckets) {
      file.keys(bucket, "a bucket", BUCKET_KEYS);
      String label = file.required(bucket, "label", "a bucket");
      String of = "the bucket " + label;
      if (labels.contains(label)) {
        file.problem(bucket, of + " is there twice. Rename one.");
      }
      Optional<Integer> from = file.number(bucket, "from_day", of);
      if (labels.isEmpty()) {
        from.ifPresent(
            day ->
                file.problem(
                    bucket, of + " is the first, for what is not overdue. Delete its from_day."));
      } else {
        from.ifPresentOrElse(
            day -> begins(file, bucket, of, fromDays, day),
            () -> file.problem(bucket, of + " has no from_day. Add the day it begins."));
      }
      labels.add(label);
    }
    return new Version(Span.read(file, node), new AgeingScheme(fromDays, labels));
  }

  private static void begins(
      YamlFile file, YamlNode bucket, String of, List<Integer> fromDays, int day) {
    if (fromDays.isEmpty() && day != 1) {
      file.problem(
          bucket, of + " begins on day " + day + ", but debt is overdue from day 1. Write 1.");
    } else if (!fromDays.isEmpty() && day <= fromDays.get(fromDays.size() - 1)) {
      file.problem(
          bucket,
          "%s begins on day %d, the one before it on day %d. Put them in order."
              .formatted(of, day, fromDays.get(fromDays.size() - 1)));
    }
    fromDays.add(day);
  }
}
