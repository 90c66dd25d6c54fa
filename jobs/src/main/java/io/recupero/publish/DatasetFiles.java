package io.recupero.publish;

import io.recupero.contract.Text;
import io.recupero.contract.YamlNode;
import io.recupero.publish.ServedColumn.Role;
import io.recupero.publish.ServedMetric.Adds;
import io.recupero.rules.NamedYaml;
import io.recupero.rules.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tables for charts that are no mart: {@code superset/datasets/*.yaml}, each a query with
 * the columns it yields. The form is told in superset/README.md.
 */
final class DatasetFiles {

  private static final List<String> KEYS =
      List.of("title", "about", "trend", "everybody", "columns", "metrics", "stored", "sql");
  private static final List<String> COLUMN_KEYS =
      List.of("name", "type", "role", "title", "about", "adds");
  private static final List<String> METRIC_KEYS =
      List.of("name", "title", "about", "unit", "better", "money", "adds", "sql");
  private static final Map<String, Role> ROLES =
      Map.of(
          "as_of", Role.AS_OF,
          "date", Role.DATE,
          "dimension", Role.DIMENSION,
          "hidden", Role.HIDDEN,
          "amount", Role.AMOUNT,
          "count", Role.COUNT,
          "value", Role.VALUE);
  private static final List<String> ADDS = List.of("everywhere", "at_date", "nowhere");
  private static final List<String> UNITS =
      List.of("percent", "days", "money", "points", "count", "number");

  /** {@code {{label state from_state}}}: the words for a code. */
  private static final Pattern LABEL = Pattern.compile("\\{\\{label (\\w+) ([^}]+)}}");

  /** {@code {{bucket days}}}: the words for the ageing bucket of so many days past due. */
  private static final Pattern BUCKET = Pattern.compile("\\{\\{bucket ([^}]+)}}");

  /** {@code {{text text_es|text_en}}}: SQL that is another in each language. */
  private static final Pattern SQL = Pattern.compile("\\{\\{text ([^|}]*)\\|([^}]*)}}");

  /**
   * {@code {{3: Recargos | Late charges}}}: a text in both languages, and its place if it has one.
   */
  private static final Pattern TEXT = Pattern.compile("\\{\\{(?:(\\d+): )?([^|}]*)\\|([^}]*)}}");

  private final Labels labels;

  DatasetFiles(Labels labels) {
    this.labels = labels;
  }

  /**
   * Reads one file.
   *
   * @throws io.recupero.rules.InvalidRulesException with every problem found
   */
  ServedTable read(String path, String text) {
    NamedYaml yaml = NamedYaml.begin(path, text, KEYS);
    YamlFile file = yaml.file();
    YamlNode root = yaml.root();
    String name = yaml.id();
    Text title = file.text(root, "title", name);
    Text about = file.text(root, "about", name);
    List<ServedColumn> columns = new ArrayList<>();
    List<ServedMetric> metrics = new ArrayList<>();
    for (YamlNode node : root.list("columns")) {
      ServedColumn column = column(file, node);
      columns.add(column);
      if (MartTables.isPart(column)) {
        ServedMetric sum = MartTables.sum(column);
        metrics.add(node.field("adds").isPresent() ? with(sum, adds(file, node)) : sum);
      }
    }
    for (YamlNode node : root.list("metrics")) {
      metrics.add(metric(file, node));
    }
    String sql = file.required(root, "sql", name).strip();
    Text bySpeech = new Text("", "");
    try {
      bySpeech = new Text(in("es", sql), in("en", sql));
    } catch (IllegalArgumentException e) {
      file.problem(root.field("sql").orElse(root), e.getMessage() + ". Correct it.");
    }
    file.throwIfAny();
    return new ServedTable(
        name,
        title,
        about,
        columns,
        metrics,
        root.isTrue("trend"),
        root.isTrue("everybody"),
        root.text("stored").map(it -> new Stored(name, it.strip())),
        bySpeech);
  }

  private ServedColumn column(YamlFile file, YamlNode node) {
    String name = file.required(node, "name", "a column");
    file.keys(node, name, COLUMN_KEYS);
    Role role = ROLES.get(file.oneOf(node, "role", name, ROLES.keySet()));
    Text title =
        node.field("title").isPresent() ? file.text(node, "title", name) : labels.column(name);
    Text about = node.field("about").isPresent() ? file.text(node, "about", name) : title;
    return new ServedColumn(name, node.text("type").orElse(type(role)), title, about, role);
  }

  private static String type(Role role) {
    return switch (Optional.ofNullable(role).orElse(Role.DIMENSION)) {
      case AS_OF, DIMENSION -> "VARCHAR";
      case DATE -> "DATE";
      case AMOUNT -> "DECIMAL(38, 4)";
      case COUNT, HIDDEN -> "BIGINT";
      case VALUE -> "DOUBLE";
    };
  }

  private ServedMetric metric(YamlFile file, YamlNode node) {
    String name = file.required(node, "name", "a metric");
    file.keys(node, name, METRIC_KEYS);
    return new ServedMetric(
        name,
        file.text(node, "title", name),
        file.text(node, "about", name),
        null,
        null,
        file.required(node, "sql", name),
        file.oneOf(node, "unit", name, UNITS),
        node.text("better").orElse("neither"),
        adds(file, node),
        node.isTrue("money"),
        false);
  }

  private static Adds adds(YamlFile file, YamlNode node) {
    String adds = file.oneOf(node, "adds", node.text("name").orElse("it"), ADDS);
    return ADDS.contains(adds) ? Adds.valueOf(adds.toUpperCase(Locale.ROOT)) : Adds.NOWHERE;
  }

  private static ServedMetric with(ServedMetric metric, Adds adds) {
    return new ServedMetric(
        metric.name(),
        metric.title(),
        metric.about(),
        metric.formula(),
        metric.warning(),
        metric.sql(),
        metric.unit(),
        metric.better(),
        adds,
        metric.isOfMoney(),
        metric.isOfMonth());
  }

  private String in(String language, String sql) {
    String labelled =
        LABEL
            .matcher(sql)
            .replaceAll(
                it ->
                    Matcher.quoteReplacement(
                        labels.wordsOf(it.group(1), it.group(2).strip(), language)));
    String aged =
        BUCKET
            .matcher(labelled)
            .replaceAll(
                it -> Matcher.quoteReplacement(labels.bucketOf(it.group(1).strip(), language)));
    String said =
        SQL.matcher(aged)
            .replaceAll(
                it ->
                    Matcher.quoteReplacement(
                        new Text(it.group(1).strip(), it.group(2).strip()).in(language)));
    return TEXT.matcher(said)
        .replaceAll(
            it ->
                Matcher.quoteReplacement(
                    SqlText.literal(
                        placed(
                            it.group(1),
                            new Text(it.group(2).strip(), it.group(3).strip()).in(language)))));
  }

  private static String placed(String place, String words) {
    return place == null ? words : SortKey.ofMany(Integer.parseInt(place), words);
  }
}
