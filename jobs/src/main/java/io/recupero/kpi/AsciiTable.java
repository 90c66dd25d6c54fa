package io.recupero.kpi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small table written with bars, as examples are: a header line, then a line for each row. */
final class AsciiTable {

  private AsciiTable() {}

  /**
   * Reads the rows of a table; an empty cell is null.
   *
   * @throws IllegalArgumentException where a row has not as many cells as the header
   */
  static List<Map<String, String>> rows(String table) {
    List<String> lines = table.lines().filter(line -> !line.isBlank()).toList();
    List<Map<String, String>> rows = new ArrayList<>();
    if (lines.isEmpty()) {
      return rows;
    }
    List<String> header = cells(lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      if (cells.size() != header.size()) {
        throw new IllegalArgumentException(
            "the row '%s' has %d cells, the header %d"
                .formatted(line.strip(), cells.size(), header.size()));
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(header.get(i), cells.get(i).isEmpty() ? null : cells.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  /** Returns the columns of a table. */
  static List<String> header(String table) {
    return table
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(AsciiTable::cells)
        .orElse(List.of());
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }
}
