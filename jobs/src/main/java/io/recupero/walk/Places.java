package io.recupero.walk;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * A place for each group, so that groups that are alike lie side by side: all groups in the order
 * of what makes them alike, cut into shares of the same weight.
 *
 * <p>A place is one whole number, the share and the position in it. Where two groups share a hash
 * they share a place; a group that was not told of gets one by its hash.
 */
final class Places {

  /** The most groups that are told of on every machine: some hundred megabytes. */
  private static final long MOST_GROUPS = 2_000_000;

  private static final int SHARE_BIT = 40;
  private static final long BEHIND_ALL_OTHERS = 1L << (SHARE_BIT - 1);

  private static final String GROUP = "_group";
  private static final String WEIGHT = "_weight";
  private static final String PLACE = "_place";

  private Places() {}

  /**
   * Returns rows with a column more, the place of their group.
   *
   * @param rows the first column is the group
   * @param alike the group, its weight above 0, and what makes groups alike, one row a group
   * @return empty where there are too many groups to be told of everywhere
   */
  static Optional<Dataset<Row>> of(Dataset<Row> rows, Dataset<Row> alike, int shares, String name) {
    Dataset<Row> groups = alike.localCheckpoint();
    if (groups.count() > MOST_GROUPS) {
      return Optional.empty();
    }
    Column hash = xxhash64(col(rows.columns()[0]));
    Column byHash =
        shiftleft(pmod(hash, lit((long) shares)), SHARE_BIT)
            .bitwiseOR(lit(BEHIND_ALL_OTHERS))
            .bitwiseOR(hash.bitwiseAND(lit(BEHIND_ALL_OTHERS - 1)));
    return Optional.of(
        rows.join(broadcast(places(groups, shares)), hash.equalTo(col(GROUP)), "left")
            .withColumn(name, coalesce(col(PLACE), byHash))
            .drop(GROUP, PLACE));
  }

  /** Returns the share that a place is in. */
  static Column share(String name) {
    return shiftright(col(name), SHARE_BIT).cast("int");
  }

  private static Dataset<Row> places(Dataset<Row> alike, int shares) {
    String[] columns = alike.columns();
    Dataset<Row> groups =
        alike
            .withColumn(GROUP, xxhash64(col(columns[0])))
            .withColumnRenamed(columns[1], WEIGHT)
            .dropDuplicates(GROUP);
    Stream<String> likeness = Arrays.stream(columns).skip(2);
    WindowSpec order =
        Window.orderBy(
            Stream.concat(likeness, Stream.of(GROUP)).map(Column::new).toArray(Column[]::new));
    Column until = sum(WEIGHT).over(order.rowsBetween(Window.unboundedPreceding(), 0L)).minus(1);
    Column all = sum(WEIGHT).over(Window.partitionBy());
    return groups.select(
        col(GROUP),
        shiftleft(until.multiply(lit((long) shares)).divide(all).cast("bigint"), SHARE_BIT)
            .plus(row_number().over(order))
            .as(PLACE));
  }
}
