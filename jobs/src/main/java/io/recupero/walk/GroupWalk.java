package io.recupero.walk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Brings the rows of each group together and hands them, one after the other, to a walker.
 *
 * <p>The group is the frame's first column, a string without nulls. Rows are Spark's internal ones
 * and are reused: a walker keeps values, never rows.
 *
 * <p>Rows are brought together by a hash of the group, or by the place that it was given: to sort
 * by one whole number is several times as fast as to sort by text. Groups that share a hash are
 * kept apart all the same.
 */
public final class GroupWalk {

  private static final String HASH = "_hash_of_group";

  private GroupWalk() {}

  /** What one partition does with its rows; a new one is made for each partition. */
  public interface Walker {
    /** Takes the next row of the group that is under way. */
    void row(InternalRow row);

    /** Ends the group under way and hands over what comes out of it. */
    void endOfGroup(Consumer<InternalRow> out);

    /**
     * Hands over what the walker has collected over several groups, or what a group gives while it
     * is walked, one row at a time: asked after every group, and at the end of the partition.
     *
     * @param last whether no group follows: nothing may be kept back
     */
    default Iterator<InternalRow> collected(boolean last) {
      return Collections.emptyIterator();
    }
  }

  /** Makes the walker of a partition. */
  public interface Walkers extends Serializable {
    Walker create();
  }

  /**
   * Walks a frame by its first column.
   *
   * @param input the rows; the first column is the group
   * @param output the schema of the rows that the walkers hand over
   */
  public static Dataset<Row> over(Dataset<Row> input, StructType output, Walkers walkers) {
    return group(input).walk(output, walkers);
  }

  /** Brings the rows of each group together, for several walks over them. */
  public static Grouped group(Dataset<Row> input) {
    Dataset<Row> hashed = input.withColumn(HASH, xxhash64(col(input.columns()[0])));
    return sorted(
        input,
        Shares.of(input)
            .map(count -> hashed.repartition(count, col(HASH)))
            .orElseGet(() -> hashed.repartition(col(HASH))));
  }

  /**
   * Brings the rows of each group together, and where there are many, groups that are alike side by
   * side: what they have in common then meets in one walker, one after the other.
   *
   * @param alike the group, its weight above 0, and what makes groups alike: columns to sort by
   */
  public static Grouped group(Dataset<Row> input, Dataset<Row> alike) {
    Optional<Dataset<Row>> placed =
        Shares.ofLarge(input)
            .flatMap(
                count ->
                    Places.of(input, alike, count, HASH)
                        .map(rows -> rows.repartitionById(count, Places.share(HASH))));
    return placed.map(rows -> sorted(input, rows)).orElseGet(() -> group(input));
  }

  private static Grouped sorted(Dataset<Row> input, Dataset<Row> together) {
    return new Grouped(
        input.sparkSession(),
        together.sortWithinPartitions(col(HASH)).queryExecution().toRdd(),
        input.columns().length);
  }

  /** Rows brought together: the shuffle is done once, however often they are walked. */
  public static final class Grouped {

    private final SparkSession spark;
    private final RDD<InternalRow> rows;
    private final int hashColumn;

    private Grouped(SparkSession spark, RDD<InternalRow> rows, int hashColumn) {
      this.spark = spark;
      this.rows = rows;
      this.hashColumn = hashColumn;
    }

    /** Walks the groups, and returns the rows that the walkers hand over. */
    public Dataset<Row> walk(StructType output, Walkers walkers) {
      int hash = hashColumn;
      return PartitionWalk.over(
          spark,
          rows,
          output,
          partition -> new WalkedRows(new Groups(partition, hash), walkers.create()));
    }
  }
}
