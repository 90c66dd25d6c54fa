package io.recupero.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

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
    private final Set<Column> optional = new HashSet<>();

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

    /** Leaves the last column out where no row has anything in it. */
    Builder ifAny() {
      optional.add(columns.get(columns.size() - 1));
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

    Table build() {
      List<Integer> kept =
          IntStream.range(0, columns.size())
              .filter(i -> !optional.contains(columns.get(i)) || isAnyIn(i))
              .boxed()
              .toList();
      return new Table(
          id,
          title,
          kept.stream().map(columns::get).toList(),
          rows.stream()
              .map(row -> new Line(kept.stream().map(row.cells()::get).toList(), row.isTotal()))
              .toList());
    }

    private boolean isAnyIn(int column) {
      return rows.stream().anyMatch(row -> !row.cells().get(column).isEmpty());
    }
  }
}
