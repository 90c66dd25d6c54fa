package io.recupero.dashboard;

import io.recupero.publish.ServedColumn.Role;
import io.recupero.publish.ServedMetric;
import io.recupero.publish.ServedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Superset has to be told to draw tables: of rows, or of rows against columns. */
final class TableForm {

  /** A rate of fewer things than this says little. */
  private static final int FEW = 5;

  private final Chart chart;
  private final ServedTable table;

  TableForm(Chart chart, ServedTable table) {
    this.chart = chart;
    this.table = table;
  }

  void pivot(Map<String, Object> data) {
    data.put("groupbyRows", chart.by());
    data.put("groupbyColumns", chart.across());
    data.put("metrics", chart.metrics());
    data.put("metricsLayout", "COLUMNS");
    data.put("aggregateFunction", "Sum");
    data.put("rowOrder", "key_a_to_z");
    data.put("colOrder", "key_a_to_z");
    data.put("valueFormat", Formats.of(table.metric(chart.metrics().get(0)).orElseThrow()));
    data.put("order_desc", true);
    data.put("rowTotals", false);
    data.put("colTotals", false);
  }

  void rows(Map<String, Object> data) {
    boolean raw = chart.metrics().isEmpty();
    data.put("query_mode", raw ? "raw" : "aggregate");
    data.put("groupby", chart.by());
    data.put("metrics", chart.metrics());
    data.put("all_columns", chart.columns());
    data.put("percent_metrics", List.of());
    data.put("order_by_cols", orderOfRows(raw));
    data.put("order_desc", !chart.ascending());
    if (!raw) {
      data.put("timeseries_limit_metric", chart.sort().orElse(null));
    }
    data.put("table_timestamp_format", "%Y-%m-%d");
    data.put("include_search", false);
    data.put("page_length", 0);
    data.put("show_cell_bars", false);
    data.put("color_pn", false);
    data.put("allow_render_html", false);
    data.put("server_pagination", false);
    Map<String, Object> config = new LinkedHashMap<>();
    chart
        .metrics()
        .forEach(
            name ->
                config.put(
                    name, Map.of("d3NumberFormat", Formats.of(table.metric(name).orElseThrow()))));
    chart
        .columns()
        .forEach(
            name ->
                table
                    .column(name)
                    .filter(it -> it.role() == Role.AMOUNT)
                    .ifPresent(it -> config.put(name, Map.of("d3NumberFormat", ",.4~f"))));
    data.put("column_config", config);
  }

  /** A rate of a few is shown with how many they are, and in grey. */
  void rates(Map<String, Object> data) {
    rows(data);
    List<String> metrics = new ArrayList<>();
    List<Map<String, Object>> rules = new ArrayList<>();
    Map<String, Object> config = new LinkedHashMap<>();
    for (String name : chart.metrics()) {
      String items = name + ServedMetric.ITEMS;
      String format = Formats.of(table.metric(name).orElseThrow());
      metrics.addAll(List.of(name, items));
      config.put(name, Map.of("d3NumberFormat", format));
      config.put(items, Map.of("d3NumberFormat", ",d"));
      rules.add(grey(items, name));
      rules.add(grey(items, items));
    }
    data.put("metrics", metrics);
    data.put("column_config", config);
    data.put("conditional_formatting", rules);
  }

  private static Map<String, Object> grey(String items, String column) {
    return Map.of(
        "column",
        items,
        "operator",
        "<",
        "targetValue",
        FEW,
        "colorScheme",
        "#8C8C8C",
        "columnFormatting",
        column,
        "objectFormatting",
        "TEXT_COLOR",
        "useGradient",
        false);
  }

  private List<String> orderOfRows(boolean raw) {
    return raw
        ? chart.sort().map(sort -> "[\"%s\", %s]".formatted(sort, chart.ascending())).stream()
            .toList()
        : List.of();
  }
}
