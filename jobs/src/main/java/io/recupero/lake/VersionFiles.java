package io.recupero.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The data files that one version of a Delta table is made of, for Spark to read as Parquet.
 *
 * <p>Delta's own reader runs a Spark job over the table's log for each table that a query reads: a
 * third of the processor time of a small run. Delta's kernel tells the same in a few milliseconds.
 */
final class VersionFiles implements FileIndex {

  private final Path table;
  private final long version;
  private final StructType schema;
  private final FileStatus[] files;

  private VersionFiles(Path table, long version, StructType schema, FileStatus[] files) {
    this.table = table;
    this.version = version;
    this.schema = schema;
    this.files = files;
  }

  /**
   * Returns the files of a version.
   *
   * @throws IllegalStateException where they cannot be read as plain Parquet, because the table is
   *     partitioned, renames its columns or marks rows as deleted; Recupero writes no such table
   */
  static VersionFiles of(Path table, long version, Configuration hadoop) {
    Engine engine = DefaultEngine.create(hadoop);
    Snapshot snapshot =
        TableManager.loadSnapshot(table.toString()).atVersion(version).build(engine);
    List<FileStatus> files = new ArrayList<>();
    boolean plain =
        snapshot.getPartitionColumnNames().isEmpty()
            && snapshot
                .getTableProperties()
                .getOrDefault("delta.columnMapping.mode", "none")
                .equals("none");
    try (CloseableIterator<FilteredColumnarBatch> batches =
        snapshot.getScanBuilder().build().getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            Row row = rows.next();
            plain &= InternalScanFileUtils.getDeletionVectorDescriptorFromRow(row) == null;
            files.add(status(InternalScanFileUtils.getAddFileStatus(row)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the log of the table " + table, e);
    }
    if (!plain) {
      throw new IllegalStateException(
          "Cannot read the table "
              + table
              + " at version "
              + version
              + ": it is partitioned, renames columns or has deletion vectors, so Recupero did not"
              + " write it. Remedy: delete it, and let 'recupero run' make it anew.");
    }
    StructType schema = (StructType) DataType.fromJson(snapshot.getSchema().toJson());
    return new VersionFiles(table, version, schema, files.toArray(FileStatus[]::new));
  }

  private static FileStatus status(io.delta.kernel.utils.FileStatus file) {
    return new FileStatus(
        file.getSize(), false, 1, 128L << 20, file.getModificationTime(), new Path(file.getPath()));
  }

  /** Returns the columns. */
  StructType dataSchema() {
    return schema;
  }

  /** Returns the rows of the version. */
  Dataset<org.apache.spark.sql.Row> read(SparkSession spark) {
    return spark.baseRelationToDataFrame(
        new HadoopFsRelation(
            this,
            partitionSchema(),
            schema,
            Option.empty(),
            new ParquetFileFormat(),
            scala.collection.immutable.Map$.MODULE$.empty(),
            spark));
  }

  @Override
  public Seq<Path> rootPaths() {
    return CollectionConverters.asScala(List.of(table)).toSeq();
  }

  /** Returns all files: none is left out by a filter, which Parquet's own statistics serve. */
  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    return CollectionConverters.asScala(
            List.of(PartitionDirectory.apply(InternalRow.empty(), files)))
        .toSeq();
  }

  @Override
  public String[] inputFiles() {
    return Arrays.stream(files)
        .map(file -> file.getPath().toUri().toString())
        .toArray(String[]::new);
  }

  @Override
  public long sizeInBytes() {
    return Arrays.stream(files).mapToLong(FileStatus::getLen).sum();
  }

  @Override
  public StructType partitionSchema() {
    return new StructType();
  }

  @Override
  public void refresh() {
    // A version never changes.
  }

  /** Two readers of one version are one scan to Spark, which then runs it once. */
  @Override
  public boolean equals(Object other) {
    return other instanceof VersionFiles that
        && table.equals(that.table)
        && version == that.version
        && Arrays.equals(files, that.files);
  }

  @Override
  public int hashCode() {
    return 31 * table.hashCode() + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return table + "@" + version;
  }
}
