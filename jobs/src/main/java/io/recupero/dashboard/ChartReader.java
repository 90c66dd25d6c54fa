package io.recupero.dashboard;

import io.recupero.config.Names;
import io.recupero.contract.Text;
import io.recupero.contract.YamlNode;
import io.recupero.dashboard.Chart.Viz;
import io.recupero.publish.ServedColumn.Role;
import io.recupero.publish.ServedMetric;
import io.recupero.publish.ServedMetric.Adds;
import io.recupero.publish.ServedTable;
import io.recupero.publish.ServedTables;
import io.recupero.rules.NamedYaml;
import io.recupero.rules.YamlFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads a file of superset/charts, and checks it against the table that it reads. */
final class ChartReader {

  private static final List<String> KEYS =
      List.of(
          "title",
          "note",
          "viz",
          "data",
          "metrics",
          "x",
          "by",
          "across",
          "columns",
          "where",
          "known",
          "having",
          "sort",
          "ascending",
          "limit",
          "all_currencies",
          "subtitle",
          "options");

  private final ServedTables tables;

  ChartReader(ServedTables tables) {
    this.tables = tables;
  }

  /**
   * Reads one file.
   *
   * @throws io.recupero.rules.InvalidRulesException with every problem found
   */
  Chart read(String path, String text) {
    NamedYaml yaml = NamedYaml.begin(path, text, KEYS);
    YamlFile file = yaml.file();
    YamlNode root = yaml.root();
    String id = yaml.id();
    String viz =
        file.oneOf(
            root,
            "viz",
            id,
            Arrays.stream(Viz.values()).map(it -> it.name().toLowerCase(Locale.ROOT)).toList());
    String data = file.oneOf(root, "data", id, tables.names());
    Chart chart =
        new Chart(
            id,
            file.text(root, "title", id),
            optionalText(file, root, "note", id),
            viz(viz),
            data,
            root.texts("metrics"),
            root.text("x"),
            root.texts("by"),
            root.texts("across"),
            root.texts("columns"),
            where(root),
            root.texts("known"),
            root.text("having"),
            root.text("sort"),
            root.isTrue("ascending"),
            file.number(root, "limit", id),
            root.isTrue("all_currencies"),
            optionalText(file, root, "subtitle", id),
            options(text));
    tables.find(data).ifPresent(table -> check(file, root, chart, table));
    file.throwIfAny();
    return chart;
  }

  private static Viz viz(String name) {
    return Arrays.stream(Viz.values())
        .filter(it -> it.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(Viz.TABLE);
  }

  private static Optional<Text> optionalText(YamlFile file, YamlNode root, String key, String id) {
    return root.field(key).map(node -> file.text(root, key, id));
  }

  private static Map<String, List<String>> where(YamlNode root) {
    Map<String, List<String>> where = new LinkedHashMap<>();
    root.field("where")
        .ifPresent(node -> node.fields().keySet().forEach(key -> where.put(key, node.texts(key))));
    return where;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> options(String text) {
    Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    Object options = root instanceof Map<?, ?> map ? map.get("options") : null;
    return options instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private void check(YamlFile file, YamlNode root, Chart chart, ServedTable table) {
    if (chart.metrics().isEmpty() && chart.columns().isEmpty()) {
      file.problem(root, "the chart shows nothing. Name metrics, or the columns of a table.");
    }
    for (YamlNode node : root.list("metrics")) {
      node.scalar().ifPresent(name -> checkMetric(file, node, name, chart, table));
    }
    for (String key : List.of("x", "by", "across", "columns", "where", "known")) {
      columns(root, key).forEach((name, node) -> checkColumn(file, node, name, table));
    }
    chart
        .having()
        .ifPresent(name -> checkMetric(file, root.field("having").get(), name, chart, table));
    chart.sort().ifPresent(sort -> checkSort(file, root, sort, table));
    boolean byClose =
        chart.x().filter(ServedTable.CLOSE::equals).isPresent()
            || chart.by().contains(ServedTable.CLOSE);
    if (table.isTrend() && !byClose && !onlyChanges(chart, table)) {
      file.problem(
          root.field("data").orElse(root),
          "%s has a row for each close, which may not be added up. Write x: close, or read %s."
              .formatted(table.name(), table.name().replace("_trend", "")));
    }
    if (chart.allCurrencies() && table.column("currency").isEmpty()) {
      file.problem(
          root.field("all_currencies").get(),
          table.name() + " knows no currency. Take all_currencies away.");
    }
  }

  private static boolean onlyChanges(Chart chart, ServedTable table) {
    return !chart.metrics().isEmpty()
        && chart.metrics().stream()
            .allMatch(name -> table.metric(name).filter(ServedMetric::isChange).isPresent());
  }

  private void checkMetric(
      YamlFile file, YamlNode node, String name, Chart chart, ServedTable table) {
    Optional<ServedMetric> metric = table.metric(name);
    if (metric.isEmpty()) {
      List<String> known = table.metrics().stream().map(ServedMetric::name).toList();
      List<String> elsewhere =
          tables.all().stream()
              .filter(it -> it.metric(name).isPresent())
              .map(ServedTable::name)
              .toList();
      file.problem(
          node,
          "%s has no metric %s.%s %s"
              .formatted(
                  table.name(),
                  name,
                  elsewhere.isEmpty()
                      ? Names.didYouMean(name, known)
                      : " It is in " + String.join(" and ", elsewhere) + ".",
                  "Its metrics are " + String.join(", ", known) + "."));
      return;
    }
    boolean groups =
        !chart.by().isEmpty() || chart.viz() == Viz.PIE || chart.viz() == Viz.WATERFALL;
    if (chart.viz().addsUp() && groups && metric.get().adds() == Adds.NOWHERE) {
      file.problem(
          node,
          "%s may not be added up, and a chart of kind %s does. Draw it as bar, line, heat or table."
              .formatted(name, chart.viz().name().toLowerCase(Locale.ROOT)));
    }
    if (metric.get().isOfMoney() && chart.allCurrencies() && !chart.by().contains("currency")) {
      file.problem(
          node,
          "%s is money: amounts of several currencies would be added up. Take all_currencies away, or group by currency."
              .formatted(name));
    }
  }

  private static Map<String, YamlNode> columns(YamlNode root, String key) {
    Map<String, YamlNode> columns = new LinkedHashMap<>();
    root.field(key)
        .ifPresent(
            node -> {
              node.scalar().ifPresent(name -> columns.put(name, node));
              node.items().forEach(it -> it.scalar().ifPresent(name -> columns.put(name, it)));
              node.fields().forEach(columns::put);
            });
    return columns;
  }

  private static void checkColumn(YamlFile file, YamlNode node, String name, ServedTable table) {
    if (table.column(name).isEmpty()) {
      List<String> known =
          table.columns().stream()
              .filter(column -> column.role() != Role.HIDDEN)
              .map(column -> column.name())
              .toList();
      file.problem(
          node,
          "%s has no column %s.%s Its columns are %s."
              .formatted(
                  table.name(), name, Names.didYouMean(name, known), String.join(", ", known)));
    }
  }

  private static void checkSort(YamlFile file, YamlNode root, String sort, ServedTable table) {
    List<String> known = new ArrayList<>(table.metrics().stream().map(ServedMetric::name).toList());
    table.columns().forEach(column -> known.add(column.name()));
    if (!known.contains(sort)) {
      file.problem(
          root.field("sort").get(),
          "%s has neither a metric nor a column %s.%s"
              .formatted(table.name(), sort, Names.didYouMean(sort, known)));
    }
  }
}
