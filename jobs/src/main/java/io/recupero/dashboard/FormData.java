package io.recupero.dashboard;

import io.recupero.dashboard.Chart.Viz;
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
      case LINE, BAR, STACKED, AREA -> new SeriesForm(chart, table, language).fill(data);
      case HEAT -> heat();
      case PIVOT -> new TableForm(chart, table).pivot(data);
      case TABLE -> new TableForm(chart, table).rows(data);
      case RATES -> new TableForm(chart, table).rates(data);
      case WATERFALL -> waterfall();
      case PIE -> pie();
    }
  }

  private List<Map<String, Object>> conditions() {
    List<Map<String, Object>> conditions = new ArrayList<>();
    chart.where().forEach((column, values) -> conditions.add(isIn(column, values)));
    chart.known().forEach(column -> conditions.add(where(column, "IS NOT NULL", null)));
    if (chart.metrics().stream().allMatch(name -> table.metric(name).get().isChange())
        && table.isTrend()) {
      conditions.add(
          isIn(
              figure().isOfMonth() ? ServedTable.CLOSED_BACK : ServedTable.STEPS_BACK,
              List.of(0, 1)));
    }
    if (table.isTrend() && isLevel() && figure().isOfMonth()) {
      // The days of a running month so far are no figure of a month: the latest closed one is.
      conditions.add(where(ServedTable.CLOSED_BACK, "IS NOT NULL", null));
    }
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

  private boolean isLevel() {
    return chart.viz() == Viz.TILE || chart.viz() == Viz.LINE;
  }

  private static Map<String, Object> isIn(String column, List<?> values) {
    return where(column, "IN", values);
  }

  private static Map<String, Object> where(String column, String operator, List<?> values) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("clause", "WHERE");
    condition.put("expressionType", "SIMPLE");
    condition.put("subject", column);
    condition.put("operator", operator);
    condition.put("operatorId", operator.replace(' ', '_'));
    if (values != null) {
      condition.put("comparator", values);
    }
    return condition;
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
    // Where the date has no value the one before is shown: a reader must see of when it is.
    data.put("show_timestamp", true);
    data.put("start_y_axis_at_zero", false);
    data.put("y_axis_format", Formats.brief(figure(), language));
    data.put("time_format", "%Y-%m-%d");
    data.put("header_font_size", 0.4);
    data.put("subheader_font_size", 0.125);
    data.put("rolling_type", "None");
  }

  private void number() {
    data.put("metric", metric());
    data.put("y_axis_format", Formats.brief(figure(), language));
    data.put("header_font_size", 0.5);
    data.put("subheader_font_size", 0.3);
    data.put("subtitle_font_size", 0.3);
    data.put("time_format", "smart_date");
    chart.subtitle().ifPresent(text -> data.put("subtitle", text.in(language)));
  }

  private void heat() {
    data.put("x_axis", chart.x().orElseThrow());
    data.put("groupby", chart.by().get(0));
    data.put("metric", metric());
    data.put("time_grain_sqla", null);
    data.put("sort_x_axis", "alpha_asc");
    data.put("sort_y_axis", "alpha_desc");
    data.put("normalize_across", "heatmap");
    // Of one colour: what is much is not bad for it, as what stays current shows.
    data.put("linear_color_scheme", "schemeBlues");
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
    data.put("y_axis_format", Formats.brief(figure(), language));
  }

  private void waterfall() {
    data.put("x_axis", chart.x().orElseThrow());
    data.put("groupby", List.of());
    data.put("metric", metric());
    data.put("time_grain_sqla", null);
    data.put("x_axis_time_format", "smart_date");
    data.put("x_ticks_layout", "45°");
    data.put("y_axis_format", Formats.brief(figure(), language));
    data.put("show_value", true);
    data.put("show_legend", false);
    data.put("show_total", false);
  }

  private void pie() {
    data.put("groupby", chart.by());
    data.put("metric", metric());
    data.put("number_format", Formats.brief(figure(), language));
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
