package io.recupero.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Goes once through a text file: finds its encoding and columns, counts its records, and notes
 * where it can be cut. This is what makes record numbers exact and reading parallel, whatever the
 * quotes hold.
 */
final class TextIndexer {

  private static final long BYTES_PER_SPLIT = 8L << 20;
  private static final int HEAD = 1 << 16;

  private final Path path;
  private final String name;
  private final Dialect dialect;
  private final Wanted wanted;
  private final List<String> warnings = new ArrayList<>();
  private boolean isOther;
  private long foreign;
  private long firstForeign;
  private String example;

  /**
   * @param name what messages and records call the file
   * @param wanted column names that help to recognise the header and its delimiter
   */
  TextIndexer(Path path, String name, Dialect dialect, Wanted wanted) {
    this.path = path;
    this.name = name;
    this.dialect = dialect;
    this.wanted = wanted;
  }

  /**
   * @throws SourceException when the file is empty, not text in the declared encoding, or has no
   *     usable header
   */
  IndexedFile csv() throws IOException {
    Encoding encoding = start();
    TextFile file = file(TextFile.Format.CSV, encoding, true);
    try {
      HeaderSearch search = new HeaderSearch(file, wanted);
      HeaderSearch.Header header = search.find(encoding.mark());
      if (header == null) {
        throw refuse(
            1,
            "Cannot read the header line: its quotes do not close, or its bytes are no text."
                + " Export the file again.");
      }
      List<String> repeated = new ArrayList<>();
      List<String> names = search.names(header.columns(), repeated);
      if (!repeated.isEmpty()) {
        throw refuse(
            header.line(),
            "Invalid header: the column "
                + repeated.get(0)
                + " stands there twice. Remove or rename one of the two.");
      }
      if (header.titles() && header.known() > 0) {
        warnings.add(
            name
                + ":"
                + header.line()
                + ": the header was found here; the lines above it were not read as records.");
      }
      return count(
          new TextFile(
                  path.toString(),
                  name,
                  TextFile.Format.CSV,
                  file.dialect().delimitedBy(header.dialect().delimiter()),
                  names)
              .shaped(Shape.of(header.columns(), wanted)),
          header.after(),
          header.line());
    } catch (CharacterCodingException e) {
      throw notText(encoding.name());
    }
  }

  IndexedFile json() throws IOException {
    Encoding encoding = start();
    try {
      return json(encoding, true);
    } catch (CharacterCodingException e) {
      if (dialect.encoding() != null || encoding.name() != null) {
        throw notText(encoding.name() == null ? dialect.encoding() : encoding.name());
      }
      warnings.add(
          name
              + ": this file is not UTF-8; it was read as "
              + FieldText.OTHER.name()
              + ". Save it as UTF-8, or name its encoding in a mapping.");
      isOther = true;
      return json(new Encoding(FieldText.OTHER.name(), 0), false);
    }
  }

  private IndexedFile json(Encoding encoding, boolean leniently) throws IOException {
    TextFile file = file(TextFile.Format.JSON_LINES, encoding, leniently);
    boolean lines;
    try (RecordCursor first = file.open(encoding.mark())) {
      lines = first.next() && first.problem() == null;
    }
    if (!lines) {
      file = file(TextFile.Format.JSON_STREAM, encoding, leniently);
    }
    Set<String> names = new LinkedHashSet<>();
    try (JsonCursor cursor = (JsonCursor) file.open(encoding.mark())) {
      while (cursor.next()) {
        names.addAll(cursor.names());
      }
    }
    TextFile named =
        new TextFile(file.path(), name, file.format(), file.dialect(), List.copyOf(names));
    return count(named, encoding.mark(), 0);
  }

  private TextFile file(TextFile.Format format, Encoding encoding, boolean leniently) {
    String shown = encoding.name() == null ? dialect.encoding() : encoding.name();
    boolean lenient = leniently && shown == null && format != TextFile.Format.JSON_STREAM;
    return new TextFile(
        path.toString(),
        name,
        format,
        dialect.encodedIn(shown == null ? StandardCharsets.UTF_8.name() : shown, lenient),
        List.of());
  }

  private IndexedFile count(TextFile file, long start, int headerLine) throws IOException {
    boolean whole =
        file.format() == TextFile.Format.JSON_STREAM || Encoding.isWide(file.dialect().encoding());
    List<Split> splits = new ArrayList<>();
    long records = 0;
    long first = 0;
    long from = start;
    try (RecordCursor cursor = file.open(start)) {
      while (cursor.next()) {
        look(file, cursor);
        if (!whole && cursor.offset() - from >= BYTES_PER_SPLIT) {
          splits.add(new Split(0, from, first + 1, records - first));
          from = cursor.offset();
          first = records;
        }
        records++;
      }
      if (cursor instanceof CsvCursor csv && csv.headers() > 0) {
        warnings.add(
            "%s: left out %s the header."
                .formatted(
                    name,
                    csv.headers() == 1
                        ? "1 line that repeats"
                        : csv.headers() + " lines that repeat"));
      }
    }
    if (records > first) {
      splits.add(new Split(0, from, first + 1, records - first));
    }
    List<Found> found =
        foreign > 0 || isOther
            ? List.of(
                new Found(
                    "other_encoding",
                    null,
                    null,
                    name,
                    isOther ? records : foreign,
                    FieldText.OTHER.name()))
            : List.of();
    if (foreign > 0) {
      warnings.add(
          "%s:%d: this line and %d more are not UTF-8; they were read as %s, such as \"%s\". Save the file as UTF-8, or name its encoding in a mapping."
              .formatted(name, line(firstForeign), foreign - 1, FieldText.OTHER.name(), example));
    }
    Dialect read = file.dialect().encodedIn(file.dialect().encoding(), foreign > 0);
    return new IndexedFile(
        file.written(read), headerLine, splits, Files.size(path), found, List.copyOf(warnings));
  }

  /** Counts the lines that are not in the file's encoding. */
  private void look(TextFile file, RecordCursor cursor) throws IOException {
    if (cursor.encodingHolds()) {
      return;
    }
    if (!file.dialect().lenient()) {
      throw refuse(
          line(cursor.offset()),
          "Invalid "
              + file.dialect().encoding()
              + ": this line holds bytes that are no text in that encoding. Save the file as "
              + "UTF-8, or read it through a mapping file that says encoding: ISO-8859-1.");
    }
    if (foreign++ == 0) {
      firstForeign = cursor.offset();
      String text = cursor.line().toString().strip();
      example = text.substring(0, Math.min(80, text.length()));
    }
  }

  private int line(long offset) throws IOException {
    int line = 1;
    try (InputStream in = Files.newInputStream(path)) {
      byte[] before = in.readNBytes((int) Math.min(offset, Integer.MAX_VALUE - 16));
      for (int i = 0; i < before.length; i++) {
        boolean alone = i + 1 == before.length || before[i + 1] != '\n';
        line += before[i] == '\n' || before[i] == '\r' && alone ? 1 : 0;
      }
    }
    return line;
  }

  /** Returns the encoding that the file shows, having seen that this is a text file at all. */
  private Encoding start() throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(HEAD);
    }
    Encoding shown = Encoding.of(head);
    int length = head.length;
    while (length > 0 && head[length - 1] >= 0 && FieldText.isBlank((char) head[length - 1])) {
      length--;
    }
    if (length == 0 || shown.name() != null && length <= shown.mark()) {
      throw refuse(
          0,
          "Cannot read this file: it is empty ("
              + Files.size(path)
              + " bytes). Export it again; a table without records "
              + "is a file with its header line only.");
    }
    if (head.length > 1
        && (head[0] == 'P' && head[1] == 'K'
            || (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B
            || (head[0] & 0xFF) == 0xD0 && (head[1] & 0xFF) == 0xCF)) {
      throw refuse(
          0,
          "Cannot read this file: it is a compressed file or an Excel workbook. Unpack it, or save it as CSV UTF-8.");
    }
    boolean saidWide = dialect.encoding() != null && Encoding.isWide(dialect.encoding());
    boolean wide = shown.name() == null ? saidWide : Encoding.isWide(shown.name());
    int zeros = 0;
    for (int i = 0; i < length; i++) {
      zeros += head[i] == 0 ? 1 : 0;
      if (head[i] == 0 && !wide) {
        throw refuse(
            line(i),
            "Cannot read this file: it holds NUL bytes here, as binary files do. Save it as CSV UTF-8.");
      }
    }
    if (shown.name() == null && saidWide && zeros == 0) {
      throw refuse(
          1,
          "Invalid "
              + dialect.encoding()
              + ": the file is not written in it. Leave encoding: out of the mapping, so that the file shows it.");
    }
    return shown;
  }

  private SourceException notText(String encoding) {
    return refuse(
        0,
        "Invalid "
            + encoding
            + ": the file holds bytes that are no text in that encoding. Save it as UTF-8.");
  }

  private SourceException refuse(int line, String what) {
    return new SourceException(List.of(new Problem(name, line, what)));
  }
}
