package io.recupero.notebook;

import io.recupero.config.InvalidConfigException;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.segment.AsOf;
import io.recupero.segment.ComparedTable;
import io.recupero.segment.Comparison;
import io.recupero.segment.CustomerFeatures;
import io.recupero.segment.FeatureCards;
import io.recupero.segment.FeatureInputs;
import io.recupero.segment.Outcomes;
import io.recupero.segment.RuleFinding;
import io.recupero.segment.SegmentRules;
import io.recupero.segment.TrainingTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Features, outcomes and segment rules of a release, for notebooks. */
public final class NotebookSegments {

  private final ReleasedLake lake;
  private final Release release;
  private final ZoneId zone;

  NotebookSegments(ReleasedLake lake) {
    this.lake = lake;
    this.release = lake.release();
    this.zone = ZoneId.of(release.settings().get("timezone"));
  }

  /**
   * Returns the features of all customers at these dates, as known at the close of each; of the
   * release's own date as {@code gold.customer_features} has them.
   */
  public Dataset<Row> features(List<String> dates) {
    return CustomerFeatures.at(closes(dates), zone)
        .of(FeatureInputs.of(lake))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * Returns what became of the documents open at these dates, by what the release knows: {@link
   * Outcomes#schema}.
   */
  public Dataset<Row> outcomes(List<String> dates) {
    return Outcomes.after(closes(dates), release.asOf(), release.knownAt())
        .of(FeatureInputs.of(lake))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Returns {@link TrainingTable#customers} of features and outcomes of the same dates. */
  public Dataset<Row> trainingCustomers(Dataset<Row> features, Dataset<Row> outcomes) {
    return TrainingTable.customers(features, outcomes);
  }

  /** Returns {@link TrainingTable#documents} of features and outcomes of the same dates. */
  public Dataset<Row> trainingDocuments(Dataset<Row> features, Dataset<Row> outcomes) {
    return TrainingTable.documents(features, outcomes);
  }

  /**
   * Adds the column {@code segment} to features.
   *
   * @param rules the file of rules; null for those that the program carries
   */
  public Dataset<Row> assign(Dataset<Row> features, String rules) {
    return load(rules).assign(features);
  }

  /**
   * Returns the segments of a file of rules in force on a day, in order: id, names, condition,
   * stage.
   *
   * @param rules the file; null for the rules that the program carries
   */
  public String rules(String rules, String date) {
    List<List<Object>> rows = new ArrayList<>();
    load(rules)
        .on(LocalDate.parse(date))
        .ifPresent(
            version ->
                version
                    .rules()
                    .forEach(
                        rule ->
                            rows.add(
                                Arrays.asList(
                                    rule.id(),
                                    rule.name().es(),
                                    rule.name().en(),
                                    rule.when().orElse(null)))));
    return JsonTable.of(List.of("segment", "name_es", "name_en", "when"), rows);
  }

  /**
   * Holds two files of rules against each other as {@code segments compare} does.
   *
   * @param a what there is; null for the rules that the program carries
   * @param b what is proposed
   * @param date the last day that counts; null for the release's
   * @return table id to {@link JsonTable}; with {@code findings}, the gaps and overlaps of
   *     exclusive rules
   */
  public Map<String, String> compare(String a, String b, String date) {
    LocalDate asOf = date == null ? release.asOf() : notLater(LocalDate.parse(date), release);
    Comparison comparison =
        Comparison.of(FeatureInputs.of(lake), load(a), load(b), asOf, release.knownAt(), zone);
    Map<String, String> tables = new LinkedHashMap<>();
    for (ComparedTable table : comparison.tables()) {
      tables.put(table.id(), JsonTable.of(table.columns(), table.rows()));
    }
    List<List<Object>> findings = new ArrayList<>();
    add(findings, "a", comparison.findingsOfA());
    add(findings, "b", comparison.findingsOfB());
    tables.put("findings", JsonTable.of(List.of("rules", "es", "en"), findings));
    return tables;
  }

  /** Returns what each feature means: id, names, meanings, unit, window. */
  public String cards() {
    return JsonTable.of(
        List.of("feature", "name_es", "name_en", "meaning_es", "meaning_en", "unit", "window"),
        FeatureCards.load().all().stream()
            .map(
                card ->
                    Arrays.<Object>asList(
                        card.id(),
                        card.name().es(),
                        card.name().en(),
                        card.meaning().es(),
                        card.meaning().en(),
                        card.unit(),
                        card.window()))
            .toList());
  }

  private static void add(List<List<Object>> rows, String rules, List<RuleFinding> findings) {
    findings.forEach(it -> rows.add(List.of(rules, it.message().es(), it.message().en())));
  }

  private static SegmentRules load(String rules) {
    return rules == null ? SegmentRules.load() : SegmentRules.load(Path.of(rules));
  }

  private List<AsOf> closes(List<String> dates) {
    return dates.stream()
        .map(LocalDate::parse)
        .map(
            date ->
                notLater(date, release).equals(release.asOf())
                    ? AsOf.ofRun(date, zone, release.knownAt())
                    : AsOf.closeOf(date, zone))
        .toList();
  }

  static LocalDate notLater(LocalDate date, Release release) {
    if (date.isAfter(release.asOf())) {
      throw new InvalidConfigException(
          "Cannot tell anything at %s: release %d is computed to %s. Ask for an earlier date, or run to a later one."
              .formatted(date, release.number(), release.asOf()));
    }
    return date;
  }
}
