package io.recupero.segment;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import io.recupero.contract.Contract;
import io.recupero.contract.ContractColumn;
import io.recupero.contract.Contracts;
import java.util.List;
import java.util.stream.Collectors;
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

  private static final String NUMBER = "DECIMAL(38, 9)";

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
    List<ContractColumn> numbers =
        contract.columns().stream().filter(c -> c.type() instanceof NumericType).toList();
    String money =
        numbers.stream()
            .filter(column -> column.currencyFrom().isPresent())
            .map(column -> "'" + column.name() + "'")
            .collect(Collectors.joining(", "));
    Column[] ids = {col("as_of"), col("segment"), col("currency")};
    Column[] values =
        numbers.stream().map(c -> col(c.name()).cast(NUMBER).as(c.name())).toArray(Column[]::new);
    return inForce(features, attributes)
        .select(concat(ids, values))
        .unpivot(
            ids,
            numbers.stream().map(c -> col(c.name())).toArray(Column[]::new),
            "feature",
            "value")
        .where("feature NOT IN (" + money + ") OR currency IS NOT NULL")
        .withColumn("currency", expr("IF(feature IN (" + money + "), currency, NULL)"))
        .groupBy("as_of", "segment", "feature", "currency")
        .agg(
            count("value").as("count"),
            sum("value").cast(NUMBER).as("sum"),
            avg("value").cast(NUMBER).as("mean"),
            expr("PERCENTILE(value, ARRAY(0.5, 0.1, 0.9))").as("percentiles"),
            expr("100 * AVG(CAST(value IS NULL AS INT))").as("missing_share"))
        .selectExpr(
            "as_of",
            "segment",
            "feature",
            "currency",
            "count",
            "sum",
            "mean",
            "CAST(percentiles[0] AS " + NUMBER + ") AS median",
            "CAST(percentiles[1] AS " + NUMBER + ") AS p10",
            "CAST(percentiles[2] AS " + NUMBER + ") AS p90",
            "missing_share");
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

  private static Column[] concat(Column[] first, Column[] second) {
    Column[] all = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
