package io.recupero.walk;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Brings the rows of each group together and hands them, one after the other, to a walker.
 *
 * <p>The group is the frame's first column, a string without nulls. Rows are Spark's internal ones
 * and are reused: a walker keeps values, never rows.
 */
public final class GroupWalk {

  private GroupWalk() {}

  /** What one partition does with its rows; a new one is made for each partition. */
  public interface Walker {
    /** Takes the next row of the group that is under way. */
    void row(InternalRow row);

    /** Ends the group under way and hands over what comes out of it. */
    void endOfGroup(Consumer<InternalRow> out);

    /** Ends the partition and hands over what is left. */
    default void endOfPartition(Consumer<InternalRow> out) {}
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
    String group = input.columns()[0];
    Dataset<Row> sorted = input.repartition(col(group)).sortWithinPartitions(col(group));
    FlatMapFunction<Iterator<InternalRow>, InternalRow> walk =
        rows -> new WalkedRows(rows, walkers.create());
    JavaRDD<InternalRow> walked =
        sorted.queryExecution().toRdd().toJavaRDD().mapPartitions(walk, true);
    return ((org.apache.spark.sql.classic.SparkSession) input.sparkSession())
        .internalCreateDataFrame(walked.rdd(), output, false);
  }

  /** Rows out of rows in, group by group, without holding more than one group's output. */
  private static final class WalkedRows implements Iterator<InternalRow> {

    private final Iterator<InternalRow> rows;
    private final Walker walker;
    private final ArrayDeque<InternalRow> ready = new ArrayDeque<>();
    private UTF8String group;
    private boolean ended;

    WalkedRows(Iterator<InternalRow> rows, Walker walker) {
      this.rows = rows;
      this.walker = walker;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && !ended) {
        advance();
      }
      return !ready.isEmpty();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.poll();
    }

    private void advance() {
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        UTF8String next = row.getUTF8String(0);
        boolean isNew = group != null && !group.equals(next);
        if (isNew) {
          walker.endOfGroup(ready::add);
        }
        if (group == null || isNew) {
          group = next.clone();
        }
        walker.row(row);
        if (isNew && !ready.isEmpty()) {
          return;
        }
      }
      if (group != null) {
        walker.endOfGroup(ready::add);
      }
      walker.endOfPartition(ready::add);
      ended = true;
    }
  }
}
