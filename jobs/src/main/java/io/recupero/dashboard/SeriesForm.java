package io.recupero.dashboard;

import io.recupero.dashboard.Chart.Viz;
import io.recupero.publish.ServedColumn;
import io.recupero.publish.ServedTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What Superset has to be told to draw lines, bars and areas along an axis. */
final class SeriesForm {

  private final Chart chart;
  private final ServedTable table;
  private final String language;

  SeriesForm(Chart chart, ServedTable table, String language) {
    this.chart = chart;
    this.table = table;
    this.language = language;
  }

  void fill(Map<String, Object> data) {
    boolean dates = x().name().equals(ServedTable.CLOSE_LABEL);
    boolean number = x().type().equals("INTEGER");
    data.put("x_axis", x().name());
    data.put("time_grain_sqla", null);
    data.put("xAxisForceCategorical", !number);
    // Each group has its name, however narrow its bar.
    data.put("xAxisLabelInterval", dates || number ? "auto" : "0");
    data.put("x_axis_sort", x().name());
    data.put("x_axis_sort_asc", true);
    chart
        .sort()
        .ifPresent(
            sort -> {
              data.put("x_axis_sort", sort);
              data.put("x_axis_sort_asc", chart.ascending());
            });
    data.put("metrics", chart.metrics());
    data.put("groupby", chart.by());
    // Several figures: the greatest first. Groups of one figure: by their names, which say the
    // order.
    data.put("sort_series_type", chart.by().isEmpty() ? "sum" : "name");
    data.put("sort_series_ascending", !chart.by().isEmpty());
    data.put("order_desc", true);
    data.put(
        "y_axis_format",
        Formats.brief(table.metric(chart.metrics().get(0)).orElseThrow(), language));
    data.put("rich_tooltip", true);
    data.put("showTooltipTotal", chart.viz().addsUp());
    data.put("show_legend", !chart.by().isEmpty() || chart.metrics().size() > 1);
    data.put("legendType", "scroll");
    data.put("legendOrientation", "top");
    data.put("truncate_metric", true);
    data.put("truncateXAxis", true);
    data.put("truncateYAxis", false);
    data.put("y_axis_bounds", Arrays.asList(null, isShare() ? 1 : null));
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

  /** A share ends at 100 %, and so does its axis. */
  private boolean isShare() {
    return chart.metrics().stream()
        .map(name -> table.metric(name).orElseThrow())
        .allMatch(Formats::isShare);
  }

  /** On an axis of time the last day of a month would stand under the name of the next one. */
  private ServedColumn x() {
    String x = chart.x().orElse(ServedTable.CLOSE);
    return table.column(x.equals(ServedTable.CLOSE) ? ServedTable.CLOSE_LABEL : x).orElseThrow();
  }
}
