package io.recupero.contract;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where records are kept while they are judged: what is cheap differs with their number. */
public interface Storage {

  /** For thousands of records: they stay in memory, and are written when all is judged. */
  Storage IN_MEMORY =
      new Storage() {
        @Override
        public boolean isLarge() {
          return false;
        }

        @Override
        public Dataset<Row> checked(Dataset<Row> records, boolean dear) {
          return records.localCheckpoint(true);
        }

        @Override
        public Dataset<Row> apart(Dataset<Row> records) {
          // planning their several readers takes longer than computing them
          return records.localCheckpoint(true);
        }

        @Override
        public Stored accepted(String table, Dataset<Row> records, Optional<Dataset<Row>> known) {
          return new Stored(known.map(it -> it.unionByName(records, true)).orElse(records), -1);
        }
      };

  /** Whether records are so many that reading their file again is cheaper than keeping them. */
  boolean isLarge();

  /**
   * Returns a table's records, checked one by one, for two readers; without the plan that made them
   * where that is dear to run twice.
   */
  Dataset<Row> checked(Dataset<Row> records, boolean dear);

  /** Returns the records that need a closer look, for several readers. */
  Dataset<Row> apart(Dataset<Row> records);

  /** Takes a table's accepted records in. */
  Stored accepted(String table, Dataset<Row> records, Optional<Dataset<Row>> known);

  /**
   * A table with what was accepted.
   *
   * @param whole what was known, and the records accepted now
   * @param rows how many were accepted; -1 where nobody has counted yet
   */
  record Stored(Dataset<Row> whole, long rows) {}
}
