package io.recupero.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.recupero.contract.AsDeclared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads taken files as text frames: all columns of the canonical table as STRING (trimmed, empty is
 * null), then {@code _batch}, {@code _file}, {@code _record} (from 1 in each file), {@code
 * _arrived_at}, {@code _raw} (the record as JSON) and {@code _problem} (the rule broken by the
 * record's form, else null). Every record of every file is there.
 */
public final class SourceReader {

  private final SparkSession spark;
  private final Bronze bronze;
  private final boolean negativeIsCredit;

  /**
   * @param lake the folder whose bronze part holds the files
   */
  public SourceReader(SparkSession spark, Path lake) {
    this(spark, lake, false);
  }

  /**
   * @param lake the folder whose bronze part holds the files
   * @param negativeIsCredit whether negative invoices of canonical files are credit notes
   */
  public SourceReader(SparkSession spark, Path lake, boolean negativeIsCredit) {
    this.spark = spark;
    this.bronze = Bronze.of(lake);
    this.negativeIsCredit = negativeIsCredit;
  }

  private boolean negativeIsCredit(String table) {
    return negativeIsCredit && table.equals(NegativeInvoices.TABLE);
  }

  /**
   * Reads the new files of a batch of canonical files.
   *
   * @throws SourceException with everything that keeps files from being read
   */
  public SourceTables read(Batch batch) {
    List<Problem> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    List<Found> found = new ArrayList<>();
    Map<String, Dataset<Row>> frames = new LinkedHashMap<>();
    Map<String, List<Taken>> byTable =
        batch.files().stream().collect(Collectors.groupingBy(Taken::table));
    for (String table : Canonical.tables()) {
      if (byTable.containsKey(table)) {
        canonical(table, byTable.get(table), problems, found, warnings)
            .map(f -> negativeIsCredit(table) ? NegativeInvoices.split(f) : Map.of(table, f))
            .ifPresent(
                made ->
                    made.forEach(
                        (name, rows) ->
                            frames.merge(
                                name, Lineage.of(rows, name, batch), SourceTables::union)));
      }
    }
    if (!problems.isEmpty()) {
      throw new SourceException(problems);
    }
    return new SourceTables(frames, null, List.copyOf(found), List.copyOf(warnings));
  }

  /**
   * Reads the new files of a batch through the mapping that took them. What a query joins is read
   * whole: as soon as one of its files is new, the unchanged ones are read again beside it.
   *
   * @throws SourceException with everything that keeps files from being read, each with its file
   *     and line
   */
  public SourceTables read(Batch batch, Mapping mapping) {
    return new MappedReader(spark, bronze, batch, mapping).read();
  }

  private Optional<Dataset<Row>> canonical(
      String table,
      List<Taken> files,
      List<Problem> problems,
      List<Found> found,
      List<String> warnings) {
    List<String> columns = Canonical.readable(table);
    List<RawFrames.RawFrame> raw =
        new RawFrames(spark, bronze, Canonical::name, Canonical.types(table))
            .read(
                files,
                null,
                Dialect.CANONICAL,
                new Wanted(Set.copyOf(columns), Set.copyOf(Canonical.required(table))),
                problems);
    raw.forEach(r -> found.addAll(r.found()));
    raw.forEach(r -> warnings.addAll(r.warnings()));
    raw.stream()
        .flatMap(r -> r.headers().stream())
        .forEach(h -> CanonicalHeader.check(table, h, problems, warnings));
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return raw.stream()
        .map(r -> r.frame().select(named(r.frame().columns(), columns)))
        .reduce(SourceTables::union);
  }

  private static Column[] named(String[] found, List<String> wanted) {
    List<Column> columns = new ArrayList<>();
    for (String name : wanted) {
      Column value = List.of(found).contains(name) ? col(name) : lit(null).cast("string");
      columns.add(value.as(name));
    }
    Arrays.stream(found).filter(AsDeclared::is).map(RawFrames::quoted).forEach(columns::add);
    for (String own : List.of(TextSpec.FILE, TextSpec.RECORD, RawFrames.RAW, TextSpec.PROBLEM)) {
      columns.add(col(own));
    }
    return columns.toArray(Column[]::new);
  }
}
