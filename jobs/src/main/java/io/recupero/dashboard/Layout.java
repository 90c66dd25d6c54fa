package io.recupero.dashboard;

import io.recupero.contract.Text;
import io.recupero.dashboard.Dashboard.Place;
import io.recupero.dashboard.Dashboard.Row;
import io.recupero.dashboard.Dashboard.Tab;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where everything stands on a dashboard, as Superset says it. */
final class Layout {

  private static final int PIXELS = 8;
  private static final int DEFINITIONS = 56;

  /** Charts and rows that are opened later begin here, so that ids do not clash. */
  private final Map<String, Object> position = new LinkedHashMap<>();

  private final String language;
  private final ChartIds charts;
  private int count;

  /** What a chart is called in the files: its uuid, and a number that the import replaces. */
  interface ChartIds {
    int number(String chart);

    String uuid(String chart);

    String title(String chart);

    /** The definitions of the figures of charts, as Markdown. */
    String definitions(List<String> charts);
  }

  private Layout(String language, ChartIds charts) {
    this.language = language;
    this.charts = charts;
  }

  static Map<String, Object> of(Dashboard dashboard, String language, ChartIds charts) {
    return new Layout(language, charts).position(dashboard);
  }

  private Map<String, Object> position(Dashboard dashboard) {
    boolean tabbed = dashboard.tabs().get(0).title().isPresent();
    position.put("DASHBOARD_VERSION_KEY", "v2");
    node("ROOT_ID", "ROOT", List.of(), List.of(tabbed ? "TABS-1" : "GRID_ID"), Map.of());
    node(
        "HEADER_ID",
        "HEADER",
        List.of(),
        List.of(),
        Map.of("text", dashboard.title().in(language)));
    if (!tabbed) {
      List<String> above = List.of("ROOT_ID");
      node("GRID_ID", "GRID", above, rows(dashboard.tabs().get(0), "GRID_ID", above), Map.of());
      return position;
    }
    node("GRID_ID", "GRID", List.of("ROOT_ID"), List.of(), Map.of());
    List<String> tabs = new ArrayList<>();
    for (Tab tab : dashboard.tabs()) {
      String id = "TAB-" + (tabs.size() + 1);
      tabs.add(id);
      List<String> above = List.of("ROOT_ID", "TABS-1");
      String title = tab.title().orElseThrow().in(language);
      node(id, "TAB", above, rows(tab, id, above), Map.of("text", title));
    }
    node("TABS-1", "TABS", List.of("ROOT_ID"), tabs, Map.of());
    return position;
  }

  private List<String> rows(Tab tab, String parent, List<String> above) {
    List<String> rows = new ArrayList<>();
    List<String> path = new ArrayList<>(above);
    path.add(parent);
    List<Row> all = new ArrayList<>(tab.rows());
    all.add(0, definitions(tab));
    for (Row row : all) {
      String id = "ROW-" + ++count;
      rows.add(id);
      List<String> below = new ArrayList<>(path);
      below.add(id);
      List<String> places = row.places().stream().map(it -> place(it, row, below)).toList();
      node(id, "ROW", path, places, Map.of("background", "BACKGROUND_TRANSPARENT"));
    }
    return rows;
  }

  /** What every figure means, one hover away. */
  private Row definitions(Tab tab) {
    List<String> shown =
        tab.rows().stream()
            .flatMap(row -> row.places().stream())
            .flatMap(place -> place.chart().stream())
            .toList();
    String text = charts.definitions(shown);
    return new Row(
        DEFINITIONS, List.of(new Place(Optional.empty(), Optional.of(new Text(text, text)), 12)));
  }

  private String place(Place place, Row row, List<String> above) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("width", place.width());
    meta.put("height", row.height() / PIXELS);
    if (place.chart().isEmpty()) {
      meta.put("code", place.text().orElseThrow().in(language));
      return node("MARKDOWN-" + ++count, "MARKDOWN", above, List.of(), meta);
    }
    String chart = place.chart().get();
    meta.put("chartId", charts.number(chart));
    meta.put("sliceName", charts.title(chart));
    meta.put("uuid", charts.uuid(chart));
    return node("CHART-" + ++count, "CHART", above, List.of(), meta);
  }

  private String node(
      String id, String type, List<String> parents, List<String> children, Map<String, ?> meta) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("id", id);
    node.put("type", type);
    node.put("children", children);
    if (!parents.isEmpty()) {
      node.put("parents", parents);
    }
    if (!meta.isEmpty()) {
      node.put("meta", meta);
    }
    position.put(id, node);
    return id;
  }
}
