package io.recupero.walk;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.apache.spark.sql.internal.SQLConf;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Into how many shares rows are dealt out, so that each is sorted in the memory that a task has.
 *
 * <p>The session's number of partitions is that of its cores. It stands while shares stay small;
 * larger inputs get a multiple of it, so that no core waits for the last share.
 */
final class Shares {

  /**
   * The bytes of files that a share is made of. Of Parquet, rows to be sorted are some ten times as
   * large, and two tasks share a laptop's gigabyte.
   */
  private static final long BYTES = 16L << 20;

  /** From here on it pays to look first which groups are alike. */
  private static final long LARGE = 8L << 20;

  private Shares() {}

  /** Returns the number of shares; empty where the session's own is enough. */
  static Optional<Integer> of(Dataset<Row> rows) {
    int least = SQLConf.get().defaultNumShufflePartitions();
    int count = count(bytes(rows.queryExecution().optimizedPlan()), least);
    return count == least ? Optional.empty() : Optional.of(count);
  }

  /** Returns the number of shares; empty where rows are so few that nothing is gained by order. */
  static Optional<Integer> ofLarge(Dataset<Row> rows) {
    long bytes = bytes(rows.queryExecution().optimizedPlan());
    return bytes < LARGE
        ? Optional.empty()
        : Optional.of(count(bytes, SQLConf.get().defaultNumShufflePartitions()));
  }

  static int count(long bytes, int least) {
    long wanted = (bytes + BYTES - 1) / BYTES;
    long turns = Math.max(1, (wanted + least - 1) / least);
    return Math.toIntExact(turns * least);
  }

  /** Adds up what is read: of what joins make of it, plans only know a bound far too high. */
  private static long bytes(LogicalPlan plan) {
    return CollectionConverters.asJava(plan.collectLeaves()).stream()
        .filter(leaf -> !isKept(leaf))
        .map(leaf -> leaf.stats().sizeInBytes())
        .filter(size -> size.isValidLong() && size.toLong() < Long.MAX_VALUE)
        .mapToLong(size -> size.toLong())
        .sum();
  }

  /** Of a frame that was kept, all that is known is what was guessed of its plan. */
  private static boolean isKept(LogicalPlan leaf) {
    return leaf instanceof LogicalRDD || leaf instanceof InMemoryRelation;
  }
}
