package io.recupero.walk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * A set of ids that takes a byte or two for each of them, so that every machine can have it: a
 * table is cut down to its members where it is read, without bringing anything together.
 *
 * <p>It is a Bloom filter. A member is always found; one id in a hundred that is no member is found
 * too. It serves where such rows do no harm and are only many if nothing is left out.
 */
public final class Members {

  private static final double WRONGLY_FOUND = 0.01;

  private final UserDefinedFunction mayHave;

  private Members(Broadcast<BloomFilter> members) {
    UDF1<Long, Boolean> mightContain = hash -> members.value().mightContainLong(hash);
    this.mayHave = udf(mightContain, DataTypes.BooleanType);
  }

  /**
   * Makes the set.
   *
   * @param hashes one column, {@link #hash} of each id; more than once does no harm
   */
  public static Members of(Dataset<Row> hashes) {
    long count = hashes.count();
    // Of no rows at all Spark makes no filter.
    BloomFilter filter =
        count == 0
            ? BloomFilter.create(1)
            : hashes.stat().bloomFilter(hashes.columns()[0], count, WRONGLY_FOUND);
    return new Members(
        new JavaSparkContext(hashes.sparkSession().sparkContext()).broadcast(filter));
  }

  /** Returns what an id is known by. Ids that share it are members together. */
  public static Column hash(String id) {
    return xxhash64(col(id));
  }

  /** Returns whether the id in a column is a member, or seems to be one; null ids are none. */
  public Column has(String id) {
    return col(id).isNotNull().and(mayHave.apply(hash(id)));
  }
}
