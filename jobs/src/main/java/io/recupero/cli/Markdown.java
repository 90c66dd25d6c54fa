package io.recupero.cli;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A Markdown document while it is written. */
final class Markdown {

  private final StringBuilder text = new StringBuilder();

  /** Adds a paragraph, a heading or an anchor; blank text is left out. */
  void block(String block) {
    if (!block.isBlank()) {
      text.append(text.isEmpty() ? "" : "\n").append(block.strip()).append('\n');
    }
  }

  /** Adds a heading that links can name. */
  void heading(int level, String anchor, String title) {
    block("<a id=\"" + anchor + "\"></a>");
    block("#".repeat(level) + " " + title);
  }

  void list(List<String> items) {
    block(items.stream().map(item -> "- " + item).collect(Collectors.joining("\n")));
  }

  void table(List<String> header, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(header));
    table.append(row(Collections.nCopies(header.size(), "---")));
    rows.forEach(cells -> table.append(row(cells)));
    block(table.toString());
  }

  static String code(String text) {
    return "`" + text.strip() + "`";
  }

  static String link(String text, String anchor) {
    return "[" + text + "](#" + anchor + ")";
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.strip().replaceAll("\\s+", " ").replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
