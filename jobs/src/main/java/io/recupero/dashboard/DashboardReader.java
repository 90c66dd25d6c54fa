package io.recupero.dashboard;

import io.recupero.config.Names;
import io.recupero.contract.Text;
import io.recupero.contract.YamlNode;
import io.recupero.dashboard.Dashboard.Place;
import io.recupero.dashboard.Dashboard.Row;
import io.recupero.dashboard.Dashboard.Tab;
import io.recupero.rules.NamedYaml;
import io.recupero.rules.YamlFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads a file of superset/dashboards. */
final class DashboardReader {

  /** The filters without which figures of several dates or currencies would be added up. */
  static final List<String> REQUIRED = List.of("as_of", "currency");

  private static final List<String> KEYS =
      List.of("title", "about", "filters", "months", "rows", "tabs");
  private static final List<String> FILTERS =
      List.of("as_of", "currency", "portfolio_id", "segment", "country");
  private static final int COLUMNS = 12;

  private final Collection<String> charts;

  /** Takes the ids of all charts, and of those whose files have problems of their own. */
  DashboardReader(Collection<String> charts) {
    this.charts = charts;
  }

  /**
   * Reads one file.
   *
   * @throws io.recupero.rules.InvalidRulesException with every problem found
   */
  Dashboard read(String path, String text) {
    NamedYaml yaml = NamedYaml.begin(path, text, KEYS);
    YamlFile file = yaml.file();
    YamlNode root = yaml.root();
    String id = yaml.id();
    List<String> filters = new ArrayList<>(root.texts("filters"));
    for (String required : REQUIRED) {
      if (!filters.contains(required)) {
        file.problem(
            root.field("filters").orElse(root),
            "%s has no filter %s: figures of several would be added up. Add it."
                .formatted(id, required));
      }
    }
    for (YamlNode filter : root.list("filters")) {
      String name = filter.scalar().orElse("");
      if (!FILTERS.contains(name)) {
        file.problem(
            filter,
            "there is no filter %s.%s Filters are %s."
                .formatted(name, Names.didYouMean(name, FILTERS), String.join(", ", FILTERS)));
      }
    }
    List<Tab> tabs = new ArrayList<>();
    if (root.field("tabs").isPresent()) {
      for (YamlNode tab : root.list("tabs")) {
        file.keys(tab, "a tab", List.of("title", "rows"));
        tabs.add(new Tab(Optional.of(file.text(tab, "title", "a tab")), rows(file, tab)));
      }
    } else {
      tabs.add(new Tab(Optional.empty(), rows(file, root)));
    }
    Dashboard dashboard =
        new Dashboard(
            id,
            file.text(root, "title", id),
            file.text(root, "about", id),
            filters,
            root.isTrue("months"),
            tabs);
    file.throwIfAny();
    return dashboard;
  }

  private List<Row> rows(YamlFile file, YamlNode node) {
    List<Row> rows = new ArrayList<>();
    for (YamlNode row : node.list("rows")) {
      file.keys(row, "a row", List.of("height", "places"));
      List<Place> places = row.list("places").stream().map(it -> place(file, it)).toList();
      int width = places.stream().mapToInt(Place::width).sum();
      if (width > COLUMNS || places.isEmpty()) {
        file.problem(
            row, "the widths of the row add up to %d. Let them be 1 to 12.".formatted(width));
      }
      if (row.text("height").isEmpty()) {
        file.problem(row, "the row has no height. Give it in pixels, such as 240.");
      }
      rows.add(new Row(file.number(row, "height", "the row").orElse(0), places));
    }
    if (rows.isEmpty()) {
      file.problem(node, "there are no rows. Add rows with charts.");
    }
    return rows;
  }

  private Place place(YamlFile file, YamlNode node) {
    file.keys(node, "a place", List.of("chart", "text", "width"));
    Optional<String> chart = node.text("chart");
    Optional<Text> text = node.field("text").map(it -> file.text(node, "text", "a place"));
    if (chart.isPresent() == text.isPresent()) {
      file.problem(node, "a place has either a chart or a text. Write one of them.");
    }
    chart
        .filter(id -> !charts.contains(id))
        .ifPresent(
            id ->
                file.problem(
                    node.field("chart").get(),
                    "there is no chart %s.%s Add superset/charts/%s.yaml, or correct the name."
                        .formatted(id, Names.didYouMean(id, charts), id)));
    return new Place(chart, text, file.number(node, "width", "a place").orElse(COLUMNS));
  }
}
