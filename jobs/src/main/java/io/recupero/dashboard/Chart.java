package io.recupero.dashboard;

import io.recupero.contract.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chart, as a file of superset/charts says it.
 *
 * @param id its file's name
 * @param title its title
 * @param note what to know beside the definitions of its figures; empty: nothing
 * @param viz how it is drawn
 * @param data the served table it reads
 * @param metrics figures of that table
 * @param x the column along the axis; of a chart without one empty
 * @param by columns to group by: series, rows of a table, rows of a heat map or a pivot
 * @param across columns of a pivot
 * @param columns of a plain table: columns of its rows
 * @param where column to the only values that it shows
 * @param known columns that must not be empty
 * @param having a metric that must not be zero: what has nothing of it is left out
 * @param sort metric or column that orders it; empty: its own order
 * @param ascending whether the least comes first
 * @param limit at most so many rows
 * @param allCurrencies whether the currency filter leaves it alone: it shows no money
 * @param subtitle of a number: the words below it
 * @param options settings of Superset over those that follow from the rest
 */
record Chart(
    String id,
    Text title,
    Optional<Text> note,
    Viz viz,
    String data,
    List<String> metrics,
    Optional<String> x,
    List<String> by,
    List<String> across,
    List<String> columns,
    Map<String, List<String>> where,
    List<String> known,
    Optional<String> having,
    Optional<String> sort,
    boolean ascending,
    Optional<Integer> limit,
    boolean allCurrencies,
    Optional<Text> subtitle,
    Map<String, Object> options) {

  /** How a chart is drawn. */
  enum Viz {
    /** A number with its course over the closes. */
    TILE("big_number"),
    /** A number alone. */
    NUMBER("big_number_total"),
    LINE("echarts_timeseries_line"),
    BAR("echarts_timeseries_bar"),
    /** Bars on top of each other: only of what may be added up. */
    STACKED("echarts_timeseries_bar"),
    /** Areas on top of each other: only of what may be added up. */
    AREA("echarts_area"),
    HEAT("heatmap_v2"),
    PIVOT("pivot_table_v2"),
    TABLE("table"),
    /** A table of rates, and how many things each is of. */
    RATES("table"),
    WATERFALL("waterfall"),
    /** Shares of a whole: only of what may be added up. */
    PIE("pie");

    private final String superset;

    Viz(String superset) {
      this.superset = superset;
    }

    String superset() {
      return superset;
    }

    /** Returns whether it shows values of several groups as one sum. */
    boolean addsUp() {
      return this == STACKED || this == AREA || this == PIE || this == WATERFALL;
    }
  }
}
