package io.recupero.report;

import java.util.List;

/**
 * A drawing of part of a table of its section: it has no figures of its own.
 *
 * @param id what programs call it
 * @param title its heading
 * @param kind what it looks like
 * @param unit of its values
 * @param table the place of the table among those of the section
 * @param labels the column that names its rows
 * @param rows the rows drawn, next to each other
 * @param columns the columns drawn, next to each other
 */
record Chart(
    String id,
    String title,
    Kind kind,
    String unit,
    int table,
    int labels,
    List<Integer> rows,
    List<Integer> columns) {

  /** What a chart looks like. */
  enum Kind {
    /** A line a row, through the columns. */
    LINES,
    /** A bar a row, stacked of the columns. */
    STACKED,
    /** A group of bars a row, one a column. */
    BARS,
    /** A point a row, and a bar between its limits: the columns are figure, low and high. */
    LIMITS,
    /** A disc a cell, as large as its share of the row; on the page alone. */
    MATRIX,
    /** One row: from the first column's amount to the last one's, by the steps between. */
    WATERFALL
  }

  Chart {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  int firstRow() {
    return rows.get(0);
  }

  int lastRow() {
    return rows.get(rows.size() - 1);
  }

  int firstColumn() {
    return columns.get(0);
  }

  int lastColumn() {
    return columns.get(columns.size() - 1);
  }
}
