package io.recupero.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Goes once through a text file: finds its columns, counts its records, sees that its bytes are
 * text, and notes where it can be cut. This is what makes record numbers exact and reading
 * parallel, whatever the quotes hold.
 */
final class TextIndexer {

  private static final long BYTES_PER_SPLIT = 8L << 20;
  private static final int[] UTF8_MARK = {0xEF, 0xBB, 0xBF};

  private final Path path;
  private final String name;
  private final Dialect dialect;
  private final Collection<String> expected;

  /**
   * @param name what messages and records call the file
   * @param expected column names that help to recognise the delimiter
   */
  TextIndexer(Path path, String name, Dialect dialect, Collection<String> expected) {
    this.path = path;
    this.name = name;
    this.dialect = dialect;
    this.expected = expected;
  }

  /**
   * @throws SourceException when the file is empty, not text in the declared encoding, or has no
   *     usable header
   */
  IndexedFile csv() throws IOException {
    int mark = start();
    Dialect found = dialect.delimiter() == null ? dialect.delimitedBy(delimiter(mark)) : dialect;
    long data;
    List<String> columns;
    try (CsvCursor header = header(mark, found)) {
      if (!header.next() || header.problem() != null) {
        throw refuse(
            "Cannot read the header line: its quotes do not close. Export the file again.");
      }
      requireText(header);
      columns = names(header);
      data = header.after();
    }
    return count(new TextFile(path.toString(), name, TextFile.Format.CSV, found, columns), data);
  }

  IndexedFile json() throws IOException {
    int mark = start();
    boolean lines;
    Set<String> names = new LinkedHashSet<>();
    TextFile file =
        new TextFile(path.toString(), name, TextFile.Format.JSON_LINES, dialect, List.of());
    try (RecordCursor first = file.open(mark)) {
      lines = first.next() && first.problem() == null;
    }
    if (!lines) {
      file = new TextFile(path.toString(), name, TextFile.Format.JSON_STREAM, dialect, List.of());
    }
    try (JsonCursor cursor = (JsonCursor) file.open(mark)) {
      while (cursor.next()) {
        names.addAll(cursor.names());
      }
    }
    return count(new TextFile(file.path(), name, file.format(), dialect, List.copyOf(names)), mark);
  }

  private IndexedFile count(TextFile file, long start) throws IOException {
    boolean whole = file.format() == TextFile.Format.JSON_STREAM;
    List<Split> splits = new ArrayList<>();
    long records = 0;
    long first = 0;
    long from = start;
    try (RecordCursor cursor = file.open(start)) {
      while (cursor.next()) {
        requireText(cursor);
        if (!whole && cursor.offset() - from >= BYTES_PER_SPLIT) {
          splits.add(new Split(0, from, first + 1, records - first));
          from = cursor.offset();
          first = records;
        }
        records++;
      }
    }
    if (records > first) {
      splits.add(new Split(0, from, first + 1, records - first));
    }
    return new IndexedFile(file, splits, Files.size(path));
  }

  /** Returns the length of the byte order mark, having seen that this is a text file at all. */
  private int start() throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(4096);
    }
    if (new String(head, java.nio.charset.StandardCharsets.ISO_8859_1).isBlank()) {
      throw refuse(
          "Cannot read this file: it is empty ("
              + Files.size(path)
              + " bytes). Export it again; a table without records "
              + "is a file with its header line only.");
    }
    if (head.length > 1
        && (head[0] == 'P' && head[1] == 'K'
            || (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B)) {
      throw refuse(
          "Cannot read this file: it is a compressed file or an Excel workbook. Unpack it, or save it as CSV UTF-8.");
    }
    for (byte b : head) {
      if (b == 0) {
        throw refuse(
            "Cannot read this file: it holds NUL bytes, as UTF-16 and binary files do. Save it as CSV UTF-8.");
      }
    }
    for (int i = 0; i < UTF8_MARK.length; i++) {
      if (head.length <= i || (head[i] & 0xFF) != UTF8_MARK[i]) {
        return 0;
      }
    }
    return UTF8_MARK.length;
  }

  private char delimiter(int mark) throws IOException {
    char best = ',';
    long most = -1;
    for (char candidate : new char[] {',', ';'}) {
      try (CsvCursor header = header(mark, dialect.delimitedBy(candidate))) {
        header.next();
        long fits = header.problem() == null ? 1000 * known(header) + header.fields() : -1;
        if (fits > most) {
          most = fits;
          best = candidate;
        }
      }
    }
    return best;
  }

  private long known(CsvCursor header) {
    return IntStream.range(0, header.fields())
        .mapToObj(header::value)
        .filter(v -> v != null && expected.contains(Canonical.name(v.toString())))
        .count();
  }

  private CsvCursor header(int mark, Dialect found) throws IOException {
    InputStream in = Files.newInputStream(path);
    in.skipNBytes(mark);
    return new CsvCursor(new ByteWindow(in, mark), found, 0);
  }

  private List<String> names(CsvCursor header) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.fields(); i++) {
      String column = header.value(i) == null ? "column_" + (i + 1) : header.value(i).toString();
      if (!seen.add(column.toLowerCase(Locale.ROOT))) {
        throw refuse(
            "Invalid header: the column "
                + column
                + " stands there twice. Remove or rename one of the two.");
      }
      names.add(column);
    }
    return names;
  }

  private void requireText(RecordCursor cursor) throws IOException {
    if (cursor.encodingHolds()) {
      return;
    }
    long line = 1;
    try (InputStream in = Files.newInputStream(path)) {
      for (byte b : in.readNBytes((int) Math.min(cursor.offset(), Integer.MAX_VALUE - 16))) {
        line += b == '\n' ? 1 : 0;
      }
    }
    throw new SourceException(
        List.of(
            new Problem(
                name,
                (int) line,
                "Invalid "
                    + dialect.encoding()
                    + ": this line holds bytes that are no text in that encoding. Save the file as "
                    + "UTF-8, or read it through a mapping file that says encoding: ISO-8859-1.")));
  }

  private SourceException refuse(String what) {
    return new SourceException(name, what);
  }
}
