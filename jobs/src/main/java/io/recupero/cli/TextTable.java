package io.recupero.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows for eyes: columns as wide as their widest value, numbers at the right. */
final class TextTable {

  private static final int WIDEST = 60;

  private final Locale locale;

  TextTable(Locale locale) {
    this.locale = locale;
  }

  void print(Table table, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    boolean[] numeric = new boolean[table.columns().size()];
    for (List<Object> row : table.rows()) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        numeric[i] |= row.get(i) instanceof Number;
        line.add(text(row.get(i)));
      }
      lines.add(line);
    }
    int[] widths = widths(table.columns(), lines);
    line(table.columns(), widths, numeric, out);
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("─".repeat(width));
    }
    line(rule, widths, numeric, out);
    lines.forEach(line -> line(line, widths, numeric, out));
  }

  private static int[] widths(List<String> columns, List<List<String>> lines) {
    int[] widths = columns.stream().mapToInt(String::length).toArray();
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return widths;
  }

  private static void line(List<String> cells, int[] widths, boolean[] numeric, PrintWriter out) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      line.append(numeric[i] ? padding + cells.get(i) : cells.get(i) + padding).append("  ");
    }
    out.println(line.toString().stripTrailing());
  }

  private String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof BigDecimal number) {
      return decimal(number);
    }
    if (value instanceof Number number) {
      return NumberFormat.getIntegerInstance(locale).format(number);
    }
    String text = value.toString().replaceAll("\\R", " ");
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }

  /** Two digits are enough for eyes; a share below one needs more to be told from another. */
  private String decimal(BigDecimal number) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    boolean small = number.signum() != 0 && number.abs().compareTo(BigDecimal.ONE) < 0;
    boolean whole = number.stripTrailingZeros().scale() <= 0;
    format.setMinimumFractionDigits(whole ? 0 : 2);
    format.setMaximumFractionDigits(small ? 4 : 2);
    return format.format(number);
  }
}
