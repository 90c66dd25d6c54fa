package io.recupero.contract;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The version known last of each record of a silver table.
 *
 * <p>Nearly all records are said once. Only those of keys that were said again are brought
 * together: to group all of a table by text means to sort it.
 */
public final class Newest {

  /** Up to so many repeated keys are told to all tasks: some 100 MB. */
  private static final long MOST_BROADCAST = 1_000_000;

  private static final String AGAIN = "_said_again";

  private Newest() {}

  /**
   * Returns a row a key: the key, and columns of its version known last.
   *
   * @param versions a silver table, one row a version
   * @param key the table's key
   */
  public static Dataset<Row> of(Dataset<Row> versions, String key, String... columns) {
    Column[] wanted =
        Stream.concat(Stream.of(key), Stream.of(columns)).map(Column::new).toArray(Column[]::new);
    Dataset<Row> again =
        versions.where(col(Lineage.REPEATED)).select(col(key).as(AGAIN)).distinct();
    long repeated = again.count();
    if (repeated == 0) {
      return versions.select(wanted);
    }
    if (repeated > MOST_BROADCAST) {
      return last(versions, key, wanted);
    }
    Column isOfThose = col(key).equalTo(col(AGAIN));
    return versions
        .join(broadcast(again), isOfThose, "left_anti")
        .select(wanted)
        .unionByName(last(versions.join(broadcast(again), isOfThose, "left_semi"), key, wanted));
  }

  private static Dataset<Row> last(Dataset<Row> versions, String key, Column[] wanted) {
    return versions
        .groupBy(key)
        .agg(max_by(struct(wanted), col(Lineage.KNOWN_AT)).as("last"))
        .select("last.*");
  }
}
