package io.recupero.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Rows as comma-separated values, as RFC 4180 says, lines ended by a line feed. */
final class Csv {

  private Csv() {}

  static void print(Table table, PrintWriter out) {
    line(table.columns(), out);
    for (List<Object> row : table.rows()) {
      line(row, out);
    }
  }

  private static void line(List<?> values, PrintWriter out) {
    out.print(values.stream().map(Csv::cell).collect(Collectors.joining(",")));
    out.print('\n');
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
