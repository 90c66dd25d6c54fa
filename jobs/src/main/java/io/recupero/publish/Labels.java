package io.recupero.publish;

import io.recupero.compliance.ContactRules;
import io.recupero.compliance.MissingFact;
import io.recupero.contract.Text;
import io.recupero.contract.YamlNode;
import io.recupero.mart.AgeingScheme;
import io.recupero.rules.YamlFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What readers of dashboards see of columns and codes: {@code schemas/labels.yaml}. */
public final class Labels {

  private static final String FILE = "schemas/labels.yaml";

  /** Codes that are ageing buckets, whose words follow from the ageing scheme. */
  private static final String BUCKET = "bucket";

  /** Codes that are buckets or ways out of the books. */
  private static final String STATE = "state";

  /** Codes that are days of the week. */
  private static final String WEEKDAY = "weekday";

  /** Codes that are contact rules, which have names of their own, or facts that are missing. */
  private static final String FINDING = "finding";

  /** Which codes a column has, where they are not called as the column. */
  private static final Map<String, String> KINDS =
      Map.of("from_state", STATE, "to_state", STATE, "debt_age", BUCKET);

  private final Map<String, Text> columns;
  private final Map<String, Text> kpis;
  private final Map<String, Map<String, Text>> values;
  private final AgeingScheme ageing;

  private Labels(
      Map<String, Text> columns,
      Map<String, Text> kpis,
      Map<String, Map<String, Text>> values,
      AgeingScheme ageing) {
    this.columns = columns;
    this.kpis = kpis;
    this.values = values;
    this.ageing = ageing;
  }

  /**
   * Reads the file that the program carries.
   *
   * @param ageing the buckets, in order
   * @throws io.recupero.rules.InvalidRulesException with every problem found
   */
  public static Labels load(AgeingScheme ageing) {
    return parse(YamlFile.resource(FILE), ageing);
  }

  static Labels parse(String text, AgeingScheme ageing) {
    YamlFile file = new YamlFile(FILE);
    YamlNode root = file.parse(text);
    file.keys(root, "the file", List.of("columns", "kpis", "values"));
    Map<String, Text> columns = texts(file, root.field("columns"));
    Map<String, Text> kpis = texts(file, root.field("kpis"));
    Map<String, Map<String, Text>> values = new LinkedHashMap<>();
    root.field("values")
        .ifPresent(
            kinds ->
                kinds
                    .fields()
                    .forEach((kind, node) -> values.put(kind, texts(file, Optional.of(node)))));
    file.throwIfAny();
    values.put(BUCKET, buckets(ageing));
    Map<String, Text> states = buckets(ageing);
    states.putAll(values.getOrDefault(STATE, Map.of()));
    values.put(STATE, inOrder(states));
    values.put(BUCKET, inOrder(values.get(BUCKET)));
    values.computeIfPresent(WEEKDAY, (kind, words) -> inOrder(words));
    values.put(FINDING, findings());
    return new Labels(columns, kpis, values, ageing);
  }

  private static Map<String, Text> texts(YamlFile file, Optional<YamlNode> node) {
    Map<String, Text> texts = new LinkedHashMap<>();
    node.ifPresent(
        of -> of.fields().keySet().forEach(key -> texts.put(key, file.text(of, key, key))));
    return texts;
  }

  private static Map<String, Text> buckets(AgeingScheme ageing) {
    Map<String, Text> buckets = new LinkedHashMap<>();
    for (String label : ageing.labels()) {
      buckets.put(
          label,
          buckets.isEmpty()
              ? new Text("Al día", "Current")
              : new Text(label + " días", label + " days"));
    }
    return buckets;
  }

  private static Map<String, Text> findings() {
    Map<String, Text> findings = new LinkedHashMap<>(ContactRules.load().names());
    for (MissingFact fact : MissingFact.values()) {
      findings.put(fact.code(), fact.text());
    }
    return findings;
  }

  /** Charts sort by what they show, so the order is part of it. */
  private static Map<String, Text> inOrder(Map<String, Text> words) {
    Map<String, Text> ordered = new LinkedHashMap<>();
    words.forEach(
        (code, text) ->
            ordered.put(
                code,
                new Text(
                    SortKey.ofFew(ordered.size(), words.size(), text.es()),
                    SortKey.ofFew(ordered.size(), words.size(), text.en()))));
    return ordered;
  }

  /** Returns the words for the ageing buckets, in order. */
  public List<Text> buckets() {
    return List.copyOf(values.get(BUCKET).values());
  }

  /** Returns the heading of a column; its name where it has none. */
  public Text column(String name) {
    return columns.getOrDefault(name, new Text(name, name));
  }

  /** Returns the SQL of the words for the bucket of so many days past due. */
  String bucketOf(String days, String language) {
    List<String> buckets = ageing.labels();
    StringBuilder cases = new StringBuilder("CASE");
    for (int i = 0; i < buckets.size(); i++) {
      String words = SqlText.literal(values.get(BUCKET).get(buckets.get(i)).in(language));
      cases.append(
          i == ageing.fromDays().size()
              ? " ELSE " + words
              : " WHEN (%s) < %d THEN %s".formatted(days, ageing.fromDays().get(i), words));
    }
    return cases.append(" END").toString();
  }

  /** Returns the short name of a KPI, where its own is too long for a legend. */
  Optional<Text> kpi(String id) {
    return Optional.ofNullable(kpis.get(id));
  }

  /** Returns whether a column has codes with words of their own. */
  boolean hasWords(String column) {
    return values.containsKey(KINDS.getOrDefault(column, column));
  }

  /** Returns the SQL of the words for a column's code; of a code without words the code. */
  String words(String column, String sql, String language) {
    return wordsOf(KINDS.getOrDefault(column, column), sql, language);
  }

  /**
   * Returns the SQL of the words for codes of a kind.
   *
   * @throws IllegalArgumentException where there is no such kind
   */
  String wordsOf(String kind, String sql, String language) {
    Map<String, Text> words = values.get(kind);
    if (words == null) {
      throw new IllegalArgumentException(
          "schemas/labels.yaml has no values %s: it has %s"
              .formatted(kind, String.join(", ", values.keySet())));
    }
    StringBuilder cases = new StringBuilder("CASE ").append(sql);
    words.forEach(
        (code, text) ->
            cases
                .append(" WHEN ")
                .append(SqlText.literal(code))
                .append(" THEN ")
                .append(SqlText.literal(text.in(language))));
    return cases.append(" ELSE ").append(sql).append(" END").toString();
  }
}
