package io.recupero.segment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.walk.GroupWalk;
import io.recupero.walk.PartitionWalk;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;

/**
 * How the customers of each segment pay: the distribution of every numeric feature.
 *
 * <p>Grain: one row an as-of date, segment and feature; of amounts also currency, for customers
 * with documents. Percentiles are exact and interpolated; those of amounts are right to fifteen
 * digits.
 */
public final class SegmentFeatures {

  /** The table, and the contract that describes it. */
  public static final String TABLE = "gold.segment_features";

  private SegmentFeatures() {}

  /**
   * Returns the distributions.
   *
   * @param features as {@link CustomerFeatures} gives them
   * @param attributes as {@link CustomerAttributes} gives them: the segment in force on the as-of
   *     date counts; a customer without one is in the segment null
   */
  public static Dataset<Row> of(Dataset<Row> features, Dataset<Row> attributes) {
    Contract contract = Contracts.load().contract(CustomerFeatures.TABLE);
    List<FeatureBlocks.Feature> numbers =
        contract.columns().stream()
            .filter(it -> it.type() instanceof NumericType)
            .map(
                it ->
                    new FeatureBlocks.Feature(it.name(), it.type(), it.currencyFrom().isPresent()))
            .toList();
    Column[] columns =
        Stream.concat(
                Stream.of("as_of", "segment", "currency"), numbers.stream().map(it -> it.name()))
            .map(name -> col("`" + name + "`"))
            .toArray(Column[]::new);
    Dataset<Row> blocks =
        PartitionWalk.over(
            inForce(features, attributes).select(columns),
            FeatureBlocks.SCHEMA,
            rows -> new FeatureBlocks(rows, numbers));
    return GroupWalk.over(
        blocks, Contracts.load().contract(TABLE).schema(), DistributionWalker::new);
  }

  private static Dataset<Row> inForce(Dataset<Row> features, Dataset<Row> attributes) {
    Dataset<Row> spans =
        attributes.selectExpr(
            "customer_id AS of_customer",
            "segment",
            "valid_from",
            "LEAD(valid_from) OVER (PARTITION BY customer_id ORDER BY valid_from NULLS FIRST)"
                + " AS valid_until");
    return features
        .drop("segment")
        .join(
            spans,
            expr(
                "customer_id = of_customer AND (valid_from IS NULL OR valid_from <= as_of)"
                    + " AND (valid_until IS NULL OR as_of < valid_until)"),
            "left");
  }
}
