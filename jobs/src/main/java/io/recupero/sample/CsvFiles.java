package io.recupero.sample;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes CSV files: UTF-8, comma, LF, a header, quotes only where needed. Rows are sorted within
 * each flush; flushed customer by customer, whose ids ascend, the whole file is sorted.
 */
final class CsvFiles implements Out, Closeable {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");

  private final Map<Table, BufferedWriter> files = new EnumMap<>(Table.class);
  private final Map<Table, List<String>> waiting = new EnumMap<>(Table.class);
  private final Map<String, Long> rows = new TreeMap<>();
  private final Map<String, Long> cases = new TreeMap<>();
  private final Map<String, Long> flaws = new TreeMap<>();

  CsvFiles(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Table table : Table.values()) {
      BufferedWriter file = Files.newBufferedWriter(folder.resolve(table.fileName() + ".csv"));
      files.put(table, file);
      file.write(String.join(",", table.columns()) + "\n");
      waiting.put(table, new ArrayList<>());
      rows.put(table.fileName(), 0L);
    }
    for (Case kind : Case.values()) {
      cases.put(kind.id(), 0L);
    }
    for (Flaw flaw : Flaw.values()) {
      flaws.put(flaw.id(), 0L);
    }
  }

  @Override
  public boolean wants(Table table) {
    return true;
  }

  @Override
  public void row(Table table, Object... values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : ",").append(quoted(text(values[i])));
    }
    waiting.get(table).add(line.append('\n').toString());
    rows.merge(table.fileName(), 1L, Long::sum);
  }

  @Override
  public void count(Enum<?> kind) {
    if (kind instanceof Flaw flaw) {
      flaws.merge(flaw.id(), 1L, Long::sum);
    } else {
      cases.merge(((Case) kind).id(), 1L, Long::sum);
    }
  }

  /** Sorts what waits and hands it to the files. */
  void flush() {
    waiting.forEach(
        (table, lines) -> {
          lines.sort(null);
          try {
            for (String line : lines) {
              files.get(table).write(line);
            }
          } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + table.fileName() + ".csv", e);
          }
          lines.clear();
        });
  }

  GeneratorReport report() {
    return new GeneratorReport(rows, cases, flaws);
  }

  @Override
  public void close() throws IOException {
    for (BufferedWriter file : files.values()) {
      file.close();
    }
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof OffsetDateTime time ? TIME.format(time) : value.toString();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
