package io.recupero.run;

import io.recupero.contract.Storage;
import io.recupero.lake.Lake;
import io.recupero.lake.Lake.Written;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * For millions of records: each accepted one is written once, straight to silver, and read from
 * there by the tables that name it. No release names these versions until the run publishes; where
 * it breaks, the next one takes them back.
 */
final class InLake implements Storage {

  private final Lake lake;
  private final UnaryOperator<Dataset<Row>> asLearned;
  private final Map<String, Long> versions;

  /**
   * Makes the storage of a run.
   *
   * @param versions receives the versions of the tables written
   */
  InLake(Lake lake, UnaryOperator<Dataset<Row>> asLearned, Map<String, Long> versions) {
    this.lake = lake;
    this.asLearned = asLearned;
    this.versions = versions;
  }

  @Override
  public boolean isLarge() {
    return true;
  }

  /** Sorting twice is dearer than a copy on disk; reading a file and checking it twice is not. */
  @Override
  public Dataset<Row> checked(Dataset<Row> records, boolean dear) {
    return dear ? records.localCheckpoint(true, StorageLevel.DISK_ONLY()) : records;
  }

  @Override
  public Dataset<Row> apart(Dataset<Row> records) {
    return records.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK_SER());
  }

  @Override
  public Stored accepted(String table, Dataset<Row> records, Optional<Dataset<Row>> known) {
    Written written = lake.append("silver." + table, asLearned.apply(records));
    versions.put(written.table(), written.version());
    Dataset<Row> whole = lake.read(written.table(), written.version());
    long rows =
        written.rows() >= 0 ? written.rows() : whole.count() - known.map(Dataset::count).orElse(0L);
    return new Stored(whole, rows);
  }
}
