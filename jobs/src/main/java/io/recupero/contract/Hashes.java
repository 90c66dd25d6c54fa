package io.recupero.contract;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * A set of hashes that every core has: it chooses the few records that need a closer look.
 *
 * <p>Two keys may have one hash. Then a record is looked at without need, and nothing else happens:
 * whoever looks compares the keys themselves.
 */
final class Hashes {

  /** Left free for a mark: see {@link RepeatedKeys}. */
  static final long MARKS = 3;

  private final long[] sorted;
  private final UDF1<Long, Boolean> has;

  private Hashes(SparkSession spark, long[] sorted) {
    this.sorted = sorted;
    Broadcast<long[]> everywhere =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(sorted);
    this.has = it -> it != null && Arrays.binarySearch(everywhere.value(), it) >= 0;
  }

  /** Makes the set of those hashes, in any order. */
  static Hashes of(SparkSession spark, long[] hashes) {
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    return new Hashes(spark, sorted);
  }

  /** Returns the hash of the columns together. */
  static Column hash(Column... columns) {
    return xxhash64(columns).bitwiseOR(lit(MARKS));
  }

  /** Returns whether a hash is in the set; false where it is null. */
  Column has(Column hash) {
    return sorted.length == 0 ? lit(false) : udf(has, DataTypes.BooleanType).apply(hash);
  }

  /** Returns whether any hash is between these two. */
  boolean hasAny(long first, long last) {
    int at = Arrays.binarySearch(sorted, first);
    int next = at < 0 ? -at - 1 : at;
    return next < sorted.length && sorted[next] <= last;
  }

  int size() {
    return sorted.length;
  }
}
