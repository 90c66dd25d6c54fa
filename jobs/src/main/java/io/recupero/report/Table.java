package io.recupero.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under titled columns.
 *
 * @param id what programs call it
 * @param title its caption; empty where the section's title says it
 */
record Table(String id, String title, List<Column> columns, List<Line> rows) {

  Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Line row : rows) {
      if (row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(
            "Invalid row of %d cells in the table %s of %d columns."
                .formatted(row.cells().size(), id, columns.size()));
      }
    }
  }

  /**
   * A column.
   *
   * @param id what programs call it
   * @param title what readers call it; no two of a table are the same
   * @param isNumeric whether it stands at the right
   */
  record Column(String id, String title, boolean isNumeric) {}

  /**
   * A row.
   *
   * @param isTotal whether it adds up the rows before it, and is set off from them
   */
  record Line(List<Cell> cells, boolean isTotal) {

    Line {
      cells = List.copyOf(cells);
    }
  }

  /** Collects a table row by row. */
  static final class Builder {

    private final String id;
    private final String title;
    private final List<Column> columns = new ArrayList<>();
    private final List<Line> rows = new ArrayList<>();

    Builder(String id, String title) {
      this.id = id;
      this.title = title;
    }

    Builder text(String columnId, String columnTitle) {
      columns.add(new Column(columnId, columnTitle, false));
      return this;
    }

    Builder number(String columnId, String columnTitle) {
      columns.add(new Column(columnId, columnTitle, true));
      return this;
    }

    /** Adds a row, and returns its place from 0. */
    int row(List<Cell> cells) {
      rows.add(new Line(cells, false));
      return rows.size() - 1;
    }

    int row(Cell... cells) {
      return row(List.of(cells));
    }

    void total(List<Cell> cells) {
      rows.add(new Line(cells, true));
    }

    /** Returns how many rows there are so far. */
    int size() {
      return rows.size();
    }

    /** Returns the place of a column, from 0. */
    int column(String columnId) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).id().equals(columnId)) {
          return i;
        }
      }
      throw new IllegalArgumentException("Cannot find the column " + columnId + " in " + id + ".");
    }

    Table build() {
      return new Table(id, title, columns, rows);
    }
  }
}
