package io.recupero.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.recupero.contract.AsDeclared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;

/**
 * Makes frames of taken files: the columns the files have, as text, with {@code _file}, {@code
 * _record}, {@code _problem} and {@code _raw}. Spark leaves out what nobody asks for: {@code _raw}
 * costs nothing until it is kept.
 */
final class RawFrames {

  static final String RAW = "_raw";
  static final Set<String> OWN =
      Set.of(
          TextSpec.FILE, TextSpec.RECORD, TextSpec.PROBLEM, TextSpec.LINE, RAW, TriedView.FAILED);

  private final SparkSession spark;
  private final Bronze bronze;
  private final UnaryOperator<String> naming;
  private final Map<String, DataType> declared;

  /**
   * @param naming makes a frame's column name of a file's
   */
  RawFrames(SparkSession spark, Bronze bronze, UnaryOperator<String> naming) {
    this(spark, bronze, naming, Map.of());
  }

  /**
   * @param declared the types of columns that a frame carries beside their text, where a file has
   *     them: see {@link AsDeclared}
   */
  RawFrames(
      SparkSession spark,
      Bronze bronze,
      UnaryOperator<String> naming,
      Map<String, DataType> declared) {
    this.spark = spark;
    this.naming = naming;
    this.bronze = bronze;
    this.declared = declared;
  }

  /**
   * A frame and the columns that each of its files has.
   *
   * @param headers for each file, its label and its columns
   * @param found what is a finding of the way the files are written
   * @param warnings what was found odd in the way the files are written
   */
  record RawFrame(
      Dataset<Row> frame, List<Header> headers, List<Found> found, List<String> warnings) {}

  /**
   * A file's columns.
   *
   * @param line where they are written, counted from 1; 0 where no line has them
   */
  record Header(String file, int line, List<String> columns) {}

  /**
   * Reads files of one table or source.
   *
   * @param format csv, json or parquet; null when the files' endings tell
   * @param problems receives what cannot be read; such files are left out
   * @return one frame for each kind of file
   */
  List<RawFrame> read(
      List<Taken> files, String format, Dialect dialect, Wanted wanted, List<Problem> problems) {
    List<IndexedFile> texts = new ArrayList<>();
    List<Taken> parquet = new ArrayList<>();
    for (Taken file : files) {
      try {
        String kind = format == null ? InputFolder.ending(bronze.path(file)) : format;
        if (kind.equals("parquet")) {
          requireParquet(file);
          parquet.add(file);
        } else {
          texts.add(index(file, kind, dialect, wanted));
        }
      } catch (SourceException e) {
        problems.addAll(e.problems());
      }
    }
    List<RawFrame> frames = new ArrayList<>();
    if (!texts.isEmpty()) {
      frames.add(text(named(texts)));
    }
    if (!parquet.isEmpty()) {
      frames.addAll(parquet(parquet, problems));
    }
    return frames;
  }

  private IndexedFile index(Taken file, String kind, Dialect dialect, Wanted wanted) {
    TextIndexer indexer = new TextIndexer(bronze.path(file), file.label(), dialect, wanted);
    try {
      return kind.startsWith("json") || kind.equals("ndjson") ? indexer.json() : indexer.csv();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + bronze.path(file), e);
    }
  }

  /** Files of one table may spell a name in different ways; the first spelling stands for all. */
  private List<IndexedFile> named(List<IndexedFile> files) {
    Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    return files.stream()
        .map(
            f ->
                f.named(
                    f.file().columns().stream()
                        .map(c -> spelling.computeIfAbsent(naming.apply(c), n -> n))
                        .toList()))
        .toList();
  }

  private RawFrame text(List<IndexedFile> files) {
    TextSpec spec = IndexedFile.together(files);
    Dataset<Row> frame =
        spark.read().format(TextSource.class.getName()).option("spec", spec.write()).load();
    Column raw =
        when(col(TextSpec.PROBLEM).isNull(), json(spec.columns()))
            .otherwise(to_json(struct(col(TextSpec.LINE))));
    return new RawFrame(
        frame.withColumn(RAW, raw).drop(TextSpec.LINE),
        files.stream()
            .map(f -> new Header(f.file().name(), f.headerLine(), f.file().columns()))
            .toList(),
        files.stream().flatMap(f -> f.found().stream()).toList(),
        files.stream().flatMap(f -> f.warnings().stream()).toList());
  }

  /** Returns a frame for each shape: writers differ in the types that they give a column. */
  private List<RawFrame> parquet(List<Taken> files, List<Problem> problems) {
    Map<MessageType, List<Taken>> byShape = new LinkedHashMap<>();
    for (Taken file : files) {
      LocalInputFile local = new LocalInputFile(bronze.path(file));
      try (var reader = ParquetFileReader.open(local)) {
        String refusal = ParquetLimits.USUAL.refusal(local, reader.getFooter());
        if (refusal == null) {
          MessageType shape = reader.getFooter().getFileMetaData().getSchema();
          byShape.computeIfAbsent(shape, s -> new ArrayList<>()).add(file);
        } else {
          problems.add(
              new Problem(
                  file.label(),
                  0,
                  "Cannot read as Parquet: %s, as no table of records does. Write it again, in several files or as CSV."
                      .formatted(refusal)));
        }
      } catch (IOException | RuntimeException e) {
        problems.add(unreadable(file.label(), e));
      }
    }
    List<RawFrame> frames = new ArrayList<>();
    byShape.forEach(
        (shape, alike) -> {
          try {
            frames.add(parquet(shape, alike));
          } catch (Exception e) {
            problems.add(unreadable(label(alike), e));
          }
        });
    return frames;
  }

  private static String label(List<Taken> files) {
    return files.stream().map(Taken::label).collect(Collectors.joining(", "));
  }

  private static Problem unreadable(String label, Exception e) {
    return new Problem(
        label,
        0,
        "Cannot read as Parquet ("
            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
            + "). Write the file again, with plain columns of text, numbers and dates.");
  }

  private RawFrame parquet(MessageType shape, List<Taken> files) {
    String[] paths = files.stream().map(f -> bronze.path(f).toString()).toArray(String[]::new);
    // pandas counts in nanoseconds, which Spark has no type for
    spark.conf().set("spark.sql.legacy.parquet.nanosAsLong", true);
    Dataset<Row> frame = spark.read().parquet(paths);
    List<String> names = Arrays.stream(frame.columns()).map(Canonical::clean).toList();
    List<Column> columns = new ArrayList<>();
    List<Column> whole = new ArrayList<>();
    Arrays.stream(frame.schema().fields())
        .forEach(
            f -> {
              String name = naming.apply(f.name());
              Column value = inMicroseconds(quoted(f.name()), shape.getType(f.name()));
              DataType type = frame.select(value).schema().apply(0).dataType();
              whole.add(value.as(f.name()));
              columns.add(CanonicalText.of(value, type).as(name));
              Optional.ofNullable(declared.get(name))
                  .flatMap(wanted -> AsDeclared.of(value, type, wanted))
                  .ifPresent(typed -> columns.add(typed.as(AsDeclared.name(name))));
            });
    columns.add(
        concat(lit(files.get(0).table() + "/"), col("_metadata.file_name")).as(TextSpec.FILE));
    columns.add(col("_metadata.row_index").plus(lit(1L)).as(TextSpec.RECORD));
    columns.add(lit(null).cast("string").as(TextSpec.PROBLEM));
    columns.add(to_json(struct(whole.toArray(Column[]::new))).as(RAW));
    return new RawFrame(
        frame.select(columns.toArray(Column[]::new)),
        List.of(new Header(label(files), 0, names)),
        List.of(),
        List.of());
  }

  /** Returns a time that is counted in nanoseconds as Spark's, of which a day is left the same. */
  private static Column inMicroseconds(Column value, org.apache.parquet.schema.Type type) {
    boolean nanos =
        type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
            && time.getUnit() == LogicalTypeAnnotation.TimeUnit.NANOS;
    if (!nanos) {
      return value;
    }
    Column time =
        timestamp_micros(floor(value.divide(lit(1000L).cast("decimal(4,0)"))).cast("long"));
    return ((TimestampLogicalTypeAnnotation) type.getLogicalTypeAnnotation()).isAdjustedToUTC()
        ? time
        : time.cast("timestamp_ntz");
  }

  private void requireParquet(Taken file) {
    Path path = bronze.path(file);
    try (var channel = Files.newByteChannel(path)) {
      java.nio.ByteBuffer magic = java.nio.ByteBuffer.allocate(8);
      if (channel.size() >= 12) {
        channel.read(magic.limit(4));
        channel.position(channel.size() - 4);
        channel.read(magic.limit(8));
      }
      if (!new String(magic.array(), java.nio.charset.StandardCharsets.US_ASCII)
          .equals("PAR1PAR1")) {
        throw new SourceException(
            file.label(),
            "Cannot read as Parquet: the file ("
                + channel.size()
                + " bytes) does not begin and end as one; it is cut "
                + "off or something else. Write it again.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private static Column json(List<String> names) {
    return names.isEmpty()
        ? lit("{}")
        : to_json(struct(names.stream().map(n -> quoted(n).as(n)).toArray(Column[]::new)));
  }
}
