package io.recupero.lake;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Delta tables by name, in one folder or at one place of an object store.
 *
 * <p>Reading needs no lock. Whoever writes holds the {@link LakeLock}: versions are told from the
 * table's log after the write, which is right only while nobody else writes. Different tables may
 * be written at the same time.
 */
public final class Lake {

  private final SparkSession spark;
  private final Path root;
  private final String tables;

  private Lake(SparkSession spark, Path root) {
    this.spark = spark;
    this.root = root;
    this.tables = TablesPlace.of(root);
  }

  /** Opens the lake in a folder, which need not exist yet. */
  public static Lake open(SparkSession spark, Path root) {
    return new Lake(spark, root.toAbsolutePath().normalize());
  }

  /**
   * Opens the lake to write to it. The caller holds its lock.
   *
   * @param tables where its tables shall lie, a folder or a URI such as s3a://bucket/lake; empty
   *     for where they lie, at first in the lake's folder
   * @throws IllegalStateException where they lie elsewhere, or the place is another lake's
   */
  public static Lake open(SparkSession spark, Path root, Optional<String> tables) {
    Path folder = root.toAbsolutePath().normalize();
    TablesPlace.settle(folder, tables, spark.sparkContext().hadoopConfiguration());
    return new Lake(spark, folder);
  }

  /** Returns the session that the lake's frames belong to. */
  public SparkSession spark() {
    return spark;
  }

  /** Returns the lake's folder, absolute. */
  public Path root() {
    return root;
  }

  /** Returns where the tables lie: a folder or a URI. */
  String tables() {
    return tables;
  }

  /** Returns whether the table has at least one version. */
  public boolean exists(String table) {
    return latest(table).isPresent();
  }

  /**
   * Returns the newest version of the table, 0 being its first.
   *
   * @throws MissingTableException where there is no such table
   */
  public long version(String table) {
    return latest(table).orElseThrow(() -> new MissingTableException(table, root));
  }

  /**
   * Returns the table as it is now.
   *
   * @throws MissingTableException where there is no such table
   */
  public Dataset<Row> read(String table) {
    return read(table, version(table));
  }

  /**
   * Returns the table as it was at a version.
   *
   * @throws MissingTableException where there is no such table
   */
  public Dataset<Row> read(String table, long version) {
    if (latest(table).isEmpty()) {
      throw new MissingTableException(table, root);
    }
    return VersionFiles.of(path(table), version, hadoop()).read(spark);
  }

  /**
   * Returns the rows that the versions after one, up to another, added to the table; empty where
   * they also took rows away or changed the columns. Only the files that came are read.
   */
  public Optional<Dataset<Row>> added(String table, long after, long until) {
    return log(table)
        .filesAdded(after, until)
        .map(files -> rows(files, read(table, until).schema()));
  }

  private Dataset<Row> rows(List<org.apache.hadoop.fs.Path> files, StructType schema) {
    return files.isEmpty()
        ? spark.createDataFrame(List.of(), schema)
        : spark
            .read()
            .schema(schema)
            .parquet(files.stream().map(Object::toString).toArray(String[]::new));
  }

  /** Returns the data files, as URIs, that a version of the table is made of. */
  List<String> files(String table, long version) {
    return List.of(VersionFiles.of(path(table), version, hadoop()).inputFiles());
  }

  /** Puts the table's small files together; its rows stay as they are. */
  void compact(String table) {
    DeltaTable.forPath(spark, location(table)).optimize().executeCompaction();
  }

  /** Replaces the table's rows and columns by the frame's, and returns the version written. */
  public Written overwrite(String table, Dataset<Row> frame) {
    return write(table, frame.write().mode(SaveMode.Overwrite).option("overwriteSchema", "true"));
  }

  /**
   * Adds the frame's rows, and returns the version written. Columns that the table lacks are added
   * to it, null in its older rows.
   */
  public Written append(String table, Dataset<Row> frame) {
    return write(table, frame.write().mode(SaveMode.Append).option("mergeSchema", "true"));
  }

  /** Returns whether the table's rows are those of a version; never those of no version. */
  boolean holds(String table, Long version) {
    if (version == null) {
      return false;
    }
    long newest = version(table);
    return newest == version || log(table).restores(newest, version);
  }

  /** Makes the table's newest version equal to an earlier one. */
  void restore(String table, long version) {
    DeltaTable.forPath(spark, location(table)).restoreToVersion(version);
  }

  /** Deletes the table with all its versions. */
  void drop(String table) {
    var folder = path(table);
    try {
      folder.getFileSystem(hadoop()).delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the table " + folder, e);
    }
  }

  private Written write(String table, DataFrameWriter<Row> writer) {
    OptionalLong before = latest(table);
    writer.format("delta").save(location(table));
    long version = version(table);
    // To append nothing makes no version: the rows of the newest came earlier.
    boolean moved = before.isEmpty() || before.getAsLong() < version;
    return new Written(table, version, moved ? log(table).rowsAdded(version) : 0);
  }

  private OptionalLong latest(String table) {
    return log(table).latest();
  }

  private CommitLog log(String table) {
    return new CommitLog(path(table), hadoop());
  }

  private org.apache.hadoop.fs.Path path(String table) {
    return new org.apache.hadoop.fs.Path(location(table));
  }

  /** Returns the table's folder or URI. */
  String location(String table) {
    return TableName.location(tables, table);
  }

  Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /**
   * What a write did.
   *
   * @param version the table's new version
   * @param rows rows added; -1 where the table's log does not say
   */
  public record Written(String table, long version, long rows) {}
}
