package io.recupero.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A text file as the executors read it.
 *
 * @param path where it lies
 * @param name what its records say they come from
 * @param format how records are told apart
 * @param dialect how it is written
 * @param columns the names of a record's values as the file has them, in order
 * @param names what the frame calls the same values
 * @param shape how many fields a record of a CSV file may have
 */
record TextFile(
    String path,
    String name,
    Format format,
    Dialect dialect,
    List<String> columns,
    List<String> names,
    Shape shape)
    implements java.io.Serializable {

  TextFile(String path, String name, Format format, Dialect dialect, List<String> columns) {
    this(path, name, format, dialect, columns, columns, Shape.ANY);
  }

  TextFile named(List<String> others) {
    return new TextFile(path, name, format, dialect, columns, others, shape);
  }

  TextFile shaped(Shape other) {
    return new TextFile(path, name, format, dialect, columns, names, other);
  }

  TextFile written(Dialect other) {
    return new TextFile(path, name, format, other, columns, names, shape);
  }

  enum Format {
    CSV,
    JSON_LINES,
    JSON_STREAM
  }

  /**
   * Opens the file at a record that begins at this byte (of its text in UTF-8, where its encoding
   * is a wide one), or at the first record's.
   */
  RecordCursor open(long offset) throws IOException {
    InputStream in = Encoding.open(Path.of(path), dialect.encoding());
    try {
      in.skipNBytes(offset);
      return switch (format) {
        case CSV -> new CsvCursor(new ByteWindow(in, offset), dialect, shape);
        case JSON_LINES -> new JsonLinesCursor(new ByteWindow(in, offset), dialect, columns);
        case JSON_STREAM -> new JsonStreamCursor(new BufferedInputStream(in), dialect, columns);
      };
    } catch (IOException e) {
      in.close();
      throw new UncheckedIOException("Cannot read " + path + " at byte " + offset, e);
    }
  }
}
