package io.recupero.dashboard;

import io.recupero.dashboard.Chart.Viz;
import io.recupero.publish.ServedColumn;
import io.recupero.publish.ServedColumn.Role;
import io.recupero.publish.ServedMetric;
import io.recupero.publish.ServedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Superset has to be told to draw a chart. */
final class FormData {

  private static final int ROWS = 10_000;

  private final Chart chart;
  private final ServedTable table;
  private final String language;
  private final Map<String, Object> data = new LinkedHashMap<>();

  private FormData(Chart chart, ServedTable table, String language) {
    this.chart = chart;
    this.table = table;
    this.language = language;
  }

  static Map<String, Object> of(Chart chart, ServedTable table, String language) {
    FormData form = new FormData(chart, table, language);
    form.fill();
    form.data.putAll(chart.options());
    return form.data;
  }

  private void fill() {
    data.put("viz_type", chart.viz().superset());
    data.put("adhoc_filters", conditions());
    data.put("row_limit", chart.limit().orElse(ROWS));
    data.put("extra_form_data", Map.of());
    data.put("color_scheme", "supersetColors");
    switch (chart.viz()) {
      case TILE -> tile();
      case NUMBER -> number();
      case LINE, BAR, STACKED, AREA -> series();
      case HEAT -> heat();
      case PIVOT -> pivot();
      case TABLE -> table();
      case WATERFALL -> waterfall();
      case PIE -> pie();
    }
  }

  private List<Map<String, Object>> conditions() {
    List<Map<String, Object>> conditions = new ArrayList<>();
    chart
        .where()
        .forEach(
            (column, values) -> {
              Map<String, Object> condition = new LinkedHashMap<>();
              condition.put("clause", "WHERE");
              condition.put("expressionType", "SIMPLE");
              condition.put("subject", column);
              condition.put("operator", "IN");
              condition.put("operatorId", "IN");
              condition.put("comparator", values);
              conditions.add(condition);
            });
    chart
        .known()
        .forEach(
            column -> {
              Map<String, Object> condition = new LinkedHashMap<>();
              condition.put("clause", "WHERE");
              condition.put("expressionType", "SIMPLE");
              condition.put("subject", column);
              condition.put("operator", "IS NOT NULL");
              condition.put("operatorId", "IS_NOT_NULL");
              conditions.add(condition);
            });
    chart
        .having()
        .flatMap(table::metric)
        .ifPresent(
            metric -> {
              Map<String, Object> condition = new LinkedHashMap<>();
              condition.put("clause", "HAVING");
              condition.put("expressionType", "SQL");
              condition.put("sqlExpression", metric.sql() + " <> 0");
              conditions.add(condition);
            });
    return conditions;
  }

  private String metric() {
    return chart.metrics().get(0);
  }

  private ServedMetric figure() {
    return table.metric(metric()).orElseThrow();
  }

  private void tile() {
    data.put("metric", metric());
    data.put("x_axis", ServedTable.CLOSE);
    data.put("granularity_sqla", ServedTable.CLOSE);
    data.put("time_range", "No filter");
    data.put("time_grain_sqla", null);
    data.put("aggregation", "LAST_VALUE");
    data.put("show_trend_line", true);
    data.put("start_y_axis_at_zero", false);
    data.put("y_axis_format", Formats.brief(figure()));
    data.put("time_format", "%Y-%m-%d");
    data.put("header_font_size", 0.4);
    data.put("subheader_font_size", 0.125);
    data.put("rolling_type", "None");
  }

  private void number() {
    data.put("metric", metric());
    data.put("y_axis_format", Formats.brief(figure()));
    data.put("header_font_size", 0.5);
    data.put("subheader_font_size", 0.3);
    data.put("subtitle_font_size", 0.3);
    data.put("time_format", "smart_date");
    chart.subtitle().ifPresent(text -> data.put("subtitle", text.in(language)));
  }

  private void series() {
    boolean dates = x().role() == Role.DATE;
    boolean number = x().type().equals("INTEGER");
    data.put("x_axis", x().name());
    data.put("time_grain_sqla", null);
    data.put("xAxisForceCategorical", !dates && !number);
    data.put("x_axis_sort", x().name());
    data.put("x_axis_sort_asc", true);
    chart
        .sort()
        .ifPresent(
            sort -> {
              data.put("x_axis_sort", title(sort));
              data.put("x_axis_sort_asc", chart.ascending());
            });
    data.put("x_axis_time_format", "%m/%y");
    data.put("metrics", chart.metrics());
    data.put("groupby", chart.by());
    // Several figures: the greatest first. Groups of one figure: by their names, which say the
    // order.
    data.put("sort_series_type", chart.by().isEmpty() ? "sum" : "name");
    data.put("sort_series_ascending", !chart.by().isEmpty());
    data.put("order_desc", true);
    data.put("y_axis_format", Formats.brief(figure()));
    data.put("tooltipTimeFormat", "%Y-%m-%d");
    data.put("rich_tooltip", true);
    data.put("showTooltipTotal", chart.viz().addsUp());
    data.put("show_legend", !chart.by().isEmpty() || chart.metrics().size() > 1);
    data.put("legendType", "scroll");
    data.put("legendOrientation", "top");
    data.put("truncate_metric", true);
    data.put("truncateXAxis", true);
    data.put("truncateYAxis", false);
    data.put("y_axis_bounds", java.util.Arrays.asList(null, null));
    data.put("x_axis_title_margin", 15);
    data.put("y_axis_title_margin", 15);
    data.put("rolling_type", null);
    data.put("comparison_type", "values");
    data.put("annotation_layers", List.of());
    data.put("only_total", true);
    data.put("connectNulls", false);
    if (chart.viz() == Viz.STACKED || chart.viz() == Viz.AREA) {
      data.put("stack", "Stack");
    }
    if (chart.viz() == Viz.LINE) {
      data.put("markerEnabled", true);
      data.put("markerSize", 5);
      data.put("seriesType", "line");
    }
    if (chart.viz() == Viz.AREA) {
      data.put("opacity", 0.4);
      data.put("seriesType", "line");
    }
    if (chart.viz() == Viz.BAR || chart.viz() == Viz.STACKED) {
      data.put("orientation", dates ? "vertical" : "horizontal");
      data.put(
          "show_value",
          chart.viz() == Viz.BAR && chart.by().isEmpty() && chart.metrics().size() == 1 && !dates);
    }
  }

  /** Sorting goes by what a metric is called in the result: its title. */
  private String title(String name) {
    return name;
  }

  private ServedColumn x() {
    return table.column(chart.x().orElse(ServedTable.CLOSE)).orElseThrow();
  }

  private void heat() {
    data.put("x_axis", chart.x().orElseThrow());
    data.put("groupby", chart.by().get(0));
    data.put("metric", metric());
    data.put("time_grain_sqla", null);
    data.put("sort_x_axis", "alpha_asc");
    data.put("sort_y_axis", "alpha_desc");
    data.put("normalize_across", "heatmap");
    data.put("linear_color_scheme", "schemeOrRd");
    data.put("legend_type", "continuous");
    data.put("border_color", Map.of("r", 255, "g", 255, "b", 255, "a", 1));
    data.put("border_width", 1);
    data.put("show_legend", true);
    data.put("show_percentage", false);
    data.put("show_values", true);
    data.put("left_margin", "auto");
    data.put("bottom_margin", 40);
    data.put("xscale_interval", -1);
    data.put("yscale_interval", -1);
    data.put("value_bounds", java.util.Arrays.asList(null, null));
    data.put("y_axis_format", Formats.brief(figure()));
  }

  private void pivot() {
    data.put("groupbyRows", chart.by());
    data.put("groupbyColumns", chart.across());
    data.put("metrics", chart.metrics());
    data.put("metricsLayout", "COLUMNS");
    data.put("aggregateFunction", "Sum");
    data.put("rowOrder", "key_a_to_z");
    data.put("colOrder", "key_a_to_z");
    data.put("valueFormat", Formats.of(figure()));
    data.put("order_desc", true);
    data.put("rowTotals", false);
    data.put("colTotals", false);
  }

  private void table() {
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

  private List<String> orderOfRows(boolean raw) {
    return raw
        ? chart.sort().map(sort -> "[\"%s\", %s]".formatted(sort, chart.ascending())).stream()
            .toList()
        : List.of();
  }

  private void waterfall() {
    data.put("x_axis", chart.x().orElseThrow());
    data.put("groupby", List.of());
    data.put("metric", metric());
    data.put("time_grain_sqla", null);
    data.put("x_axis_time_format", "smart_date");
    data.put("x_ticks_layout", "45°");
    data.put("y_axis_format", Formats.brief(figure()));
    data.put("show_value", true);
    data.put("show_legend", false);
    data.put("show_total", false);
  }

  private void pie() {
    data.put("groupby", chart.by());
    data.put("metric", metric());
    data.put("number_format", Formats.brief(figure()));
    data.put("label_type", "percent");
    data.put("donut", true);
    data.put("innerRadius", 45);
    data.put("outerRadius", 70);
    data.put("show_labels", true);
    data.put("show_legend", true);
    data.put("legendType", "scroll");
    data.put("legendOrientation", "top");
    data.put("sort_by_metric", true);
  }
}
