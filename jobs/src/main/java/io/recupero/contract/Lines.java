package io.recupero.contract;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Adds up the lines of one receipt: applications of one key that came in one delivery. The first of
 * them, with the sum, is the record; a later delivery of the key is another version of it.
 */
final class Lines {

  private static final String KNOWN = "_known";
  private static final String FIRST = "_first";
  private static final String APPLIED = "_sum";
  private static final String PAID = "_paid_sum";

  private Lines() {}

  /**
   * Returns the records with the accepted ones of one delivery and key added up, and how many each
   * row is made of. What waited is added to what was accepted of its delivery before.
   *
   * @param records with their reasons
   */
  static Dataset<Row> addUp(
      Contract contract, Dataset<Row> records, Optional<Dataset<Row>> known, Column mayRepeat) {
    Column accepted = size(col(Lineage.REASONS)).equalTo(0);
    Dataset<Row> lines = records.where(accepted).withColumn(KNOWN, lit(false));
    Dataset<Row> all =
        known
            .map(
                before ->
                    lines.unionByName(
                        before
                            .where(mayRepeat)
                            .select(
                                Stream.concat(
                                        contract.names().stream(),
                                        Stream.of(Lineage.KNOWN_AT, Lineage.BATCH))
                                    .map(Typed::quoted)
                                    .toArray(Column[]::new))
                            .withColumn(KNOWN, lit(true)),
                        true))
            .orElse(lines);
    Column[] names = contract.keys().stream().map(Typed::quoted).toArray(Column[]::new);
    WindowSpec key = Window.partitionBy(names);
    WindowSpec delivery =
        Window.partitionBy(
            Stream.concat(Stream.of(names), Stream.of(col(Lineage.BATCH))).toArray(Column[]::new));
    Column isKnown = col(KNOWN);
    Column latest =
        max_by(
                struct(col(Lineage.BATCH), col(Lineage.KNOWN_AT)),
                when(isKnown, col(Lineage.KNOWN_AT)))
            .over(key);
    Column counts =
        not(isKnown).or(struct(col(Lineage.BATCH), col(Lineage.KNOWN_AT)).equalTo(latest));
    Column place = when(not(isKnown), struct(col(Lineage.FILE), col(Lineage.RECORD)));
    Column paid = coalesce(col("payment_amount"), col("amount"));
    Column says = count(when(col("_counts"), col("payment_amount"))).over(delivery).gt(0);
    Dataset<Row> sums =
        all.withColumn("_counts", counts)
            .withColumn(APPLIED, total(col("amount"), delivery))
            .withColumn(PAID, when(says, total(paid, delivery)))
            .withColumn("_too_large", col(APPLIED).isNull().or(says.and(col(PAID).isNull())))
            .withColumn(Lineage.LINES, count(when(not(isKnown), 1)).over(delivery).cast("int"))
            .withColumn(FIRST, place.equalTo(min(place).over(delivery)))
            .where(not(isKnown));
    Column tooLarge = col("_too_large");
    return sums.where(col(FIRST).or(tooLarge))
        .withColumn("amount", when(tooLarge, col("amount")).otherwise(col(APPLIED)))
        .withColumn("payment_amount", when(tooLarge, col("payment_amount")).otherwise(col(PAID)))
        .withColumn(Lineage.LINES, when(tooLarge, 1).otherwise(col(Lineage.LINES)))
        .withColumn(
            Lineage.REASONS,
            when(tooLarge, array(lit("amount_out_of_range"))).otherwise(col(Lineage.REASONS)))
        .drop("_counts", APPLIED, PAID, "_too_large", FIRST, KNOWN)
        .unionByName(records.where(not(accepted)).withColumn(Lineage.LINES, lit(1)));
  }

  /** The sum of what counts of a delivery; null where no amount can hold it. */
  private static Column total(Column amount, WindowSpec delivery) {
    return sum(when(col("_counts"), amount)).over(delivery).try_cast("decimal(18,4)");
  }
}
