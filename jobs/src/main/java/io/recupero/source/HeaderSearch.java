package io.recupero.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the header of a CSV file, and with it the delimiter: the row at its top that has the most
 * of the columns looked for. What is above it are titles.
 */
final class HeaderSearch {

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int ROWS = 100;
  private static final int BYTES = 1 << 20;

  /** What Excel reads and hides: the delimiter, in a line of its own. */
  private static final Pattern SEPARATOR =
      Pattern.compile("(?i)^\"?sep=(\\\\t|[\\t!-/:-@\\[-`{-~])\"?[,;|\\s]*$");

  private final TextFile file;
  private final Wanted wanted;

  /**
   * A header as it stands in its file.
   *
   * @param columns its fields, trimmed; null where one is empty
   * @param line its line, counted from 1
   * @param after the byte where the records begin
   * @param dialect the file's, with its delimiter
   * @param known how many of the columns looked for it has
   * @param titles whether rows above it were passed over
   */
  record Header(
      List<String> columns, int line, long after, Dialect dialect, int known, boolean titles) {}

  /**
   * @param file without columns, and with its encoding
   */
  HeaderSearch(TextFile file, Wanted wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  /**
   * Returns the header; the first row where none has a column that is looked for; null where no row
   * can be read.
   *
   * @param start the byte where the text begins, after a byte order mark
   */
  Header find(int start) throws IOException {
    Dialect dialect = file.dialect();
    long from = start;
    int line = 1;
    Character said = dialect.delimiter();
    if (dialect.headerRow() > 0 || dialect.skipRows() > 0) {
      int above = Math.max(dialect.headerRow() - 1, dialect.skipRows());
      from = afterLines(start, above);
      line += above;
    } else {
      Matcher separator = SEPARATOR.matcher(line(start));
      if (separator.matches()) {
        from = afterLines(start, 1);
        line++;
        said = said != null ? said : separator.group(1).charAt(0);
        said = said == '\\' && separator.group(1).length() > 1 ? Character.valueOf('\t') : said;
      }
    }
    boolean isPlaced = dialect.headerRow() > 0 || dialect.skipRows() > 0;
    Header best = null;
    for (char delimiter : said == null ? DELIMITERS : new char[] {said}) {
      best = better(best, find(from, line, dialect.delimitedBy(delimiter), isPlaced ? 1 : ROWS));
    }
    return best;
  }

  private static Header better(Header one, Header other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    int order = Integer.compare(other.known(), one.known());
    if (order == 0) {
      order = Long.compare(one.after(), other.after());
    }
    if (order == 0) {
      order = Integer.compare(other.columns().size(), one.columns().size());
    }
    return order > 0 ? other : one;
  }

  private Header find(long from, int firstLine, Dialect dialect, int rows) throws IOException {
    Header best = null;
    try (RecordCursor opened = file.written(dialect).open(from)) {
      CsvCursor cursor = (CsvCursor) opened;
      int line = firstLine;
      long counted = from;
      boolean broken = false;
      for (int row = 0; row < rows && cursor.next() && cursor.offset() - from < BYTES; row++) {
        line += breaks(counted, cursor.offset());
        counted = cursor.offset();
        broken |= row == 0 && cursor.problem() != null;
        if (cursor.problem() == null) {
          List<String> columns = columns(cursor);
          boolean titles = best != null || row > 0;
          Header found = new Header(columns, line, cursor.after(), dialect, known(columns), titles);
          best = best == null || found.known() > best.known() ? found : best;
        }
        if (best != null && best.known() > 0 && best.known() >= wanted.used().size()) {
          break;
        }
      }
      // with nothing to recognise it by, the first row is the header, or there is none
      return best != null && best.known() == 0 && broken ? null : best;
    }
  }

  private static List<String> columns(CsvCursor header) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < header.fields(); i++) {
      String cleaned = header.value(i) == null ? "" : Canonical.clean(header.value(i).toString());
      columns.add(cleaned.isEmpty() ? null : cleaned);
    }
    return columns;
  }

  private int known(List<String> columns) {
    return (int)
        columns.stream()
            .filter(c -> c != null && wanted.used().contains(Canonical.name(c)))
            .map(Canonical::name)
            .distinct()
            .count();
  }

  private String line(long from) throws IOException {
    try (ByteWindow window = window(from)) {
      int end = 0;
      while (end < 64 && window.has(end) && window.at(end) != '\n' && window.at(end) != '\r') {
        end++;
      }
      return new String(
          window.array(), window.origin(), end, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
  }

  private long afterLines(long from, int lines) throws IOException {
    try (ByteWindow window = window(from)) {
      for (int i = 0; i < lines; i++) {
        int end = window.lineEnd(0);
        window.advance(end + window.lineEndLength(end));
      }
      return window.offset();
    }
  }

  /** Counts the line breaks between two places. */
  private int breaks(long from, long to) throws IOException {
    int lines = 0;
    try (ByteWindow window = window(from)) {
      while (window.offset() < to) {
        int end = window.lineEnd(0);
        window.advance(end + window.lineEndLength(end));
        lines++;
      }
    }
    return lines;
  }

  private ByteWindow window(long from) throws IOException {
    var in = Encoding.open(java.nio.file.Path.of(file.path()), file.dialect().encoding());
    in.skipNBytes(from);
    return new ByteWindow(in, from);
  }

  /**
   * Names a header's columns: those without a name by their place, and those that came before with
   * a number behind.
   *
   * @param repeated receives the names that are looked for and stand there more than once
   */
  List<String> names(List<String> columns, List<String> repeated) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i) == null ? "column_" + (i + 1) : columns.get(i);
      int times = seen.merge(Canonical.name(name), 1, Integer::sum);
      if (times > 1 && wanted.used().contains(Canonical.name(name))) {
        repeated.add(name);
      }
      names.add(times > 1 ? name + " (" + times + ")" : name);
    }
    return names;
  }
}
