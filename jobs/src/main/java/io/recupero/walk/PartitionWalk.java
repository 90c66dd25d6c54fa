package io.recupero.walk;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Turns the rows of each partition into others, where they lie. Rows are Spark's internal ones and
 * are reused: keep values, never rows.
 */
public final class PartitionWalk {

  private PartitionWalk() {}

  /** What becomes of the rows of one partition. */
  public interface Turn extends Serializable {
    Iterator<InternalRow> of(Iterator<InternalRow> rows);
  }

  /**
   * Walks a frame.
   *
   * @param output the schema of the rows that the turn gives
   */
  public static Dataset<Row> over(Dataset<Row> input, StructType output, Turn turn) {
    return over(input.sparkSession(), input.queryExecution().toRdd(), output, turn);
  }

  static Dataset<Row> over(
      SparkSession spark, RDD<InternalRow> rows, StructType output, Turn turn) {
    FlatMapFunction<Iterator<InternalRow>, InternalRow> walk = turn::of;
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(rows.toJavaRDD().mapPartitions(walk, true).rdd(), output, false);
  }
}
