package io.recupero.segment;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;

/** Distributions against Spark's own aggregates, over more customers than fit into one block. */
class SegmentFeaturesTest {

  private static final String NUMBER = "DECIMAL(38, 9)";

  @Test
  void distributionsAreThoseOfSparksOwnAggregates() {
    SparkSession spark = TestSpark.session();
    Dataset<Row> features = features(spark).cache();
    Dataset<Row> attributes =
        spark
            .range(20_000)
            .selectExpr(
                "CONCAT('C', id) AS customer_id",
                "IF(id % 3 = 0, NULL, CONCAT('s', id % 3)) AS segment",
                "CAST(NULL AS DATE) AS valid_from");

    List<String> expected =
        features
            .join(attributes.drop("valid_from"), "customer_id")
            .selectExpr(
                "segment",
                "currency",
                "STACK(3, 'current_dpd', CAST(current_dpd AS DECIMAL(38, 9)),"
                    + " 'days_late_mean_12m', CAST(days_late_mean_12m AS DECIMAL(38, 9)),"
                    + " 'open_amount', CAST(open_amount AS DECIMAL(38, 9))) AS (feature, value)")
            .where("feature <> 'open_amount' OR currency IS NOT NULL")
            .withColumn("currency", expr("IF(feature = 'open_amount', currency, NULL)"))
            .groupBy("segment", "feature", "currency")
            .agg(
                expr("COUNT(value)").as("count"),
                expr("SUM(value)").as("sum"),
                expr("PERCENTILE(value, ARRAY(0.5, 0.1, 0.9))").as("p"),
                expr("100 * AVG(INT(value IS NULL))").as("missing"))
            .selectExpr(
                line(nine("p[0]"), nine("p[1]"), nine("p[2]"), nine("`sum` / `count`"), "missing"))
            .as(Encoders.STRING())
            .collectAsList();

    List<String> actual =
        SegmentFeatures.of(features, attributes)
            .where("feature IN ('current_dpd', 'days_late_mean_12m', 'open_amount')")
            .selectExpr(line("median", "p10", "p90", "mean", "missing_share"))
            .as(Encoders.STRING())
            .collectAsList();

    assertThat(expected).hasSize(3 * (2 + 2));
    assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String nine(String number) {
    return "CAST(" + number + " AS " + NUMBER + ")";
  }

  private static String line(String... shares) {
    return "CONCAT_WS(' ', COALESCE(segment, '-'), feature, COALESCE(currency, '-'), `count`,"
        + " CAST(`sum` AS "
        + NUMBER
        + "), "
        + Arrays.stream(shares)
            .map(share -> "FORMAT_STRING('%.12e', CAST(" + share + " AS DOUBLE))")
            .collect(Collectors.joining(", "))
        + ")";
  }

  /** Customers whose other features are all null; amounts too large for a sum of whole numbers. */
  private static Dataset<Row> features(SparkSession spark) {
    String[] columns =
        Arrays.stream(CustomerFeatures.schema().fields())
            .map(field -> value(field) + " AS " + field.name())
            .toArray(String[]::new);
    return spark.range(0, 20_000, 1, 2).selectExpr(columns);
  }

  private static String value(StructField field) {
    return switch (field.name()) {
      case "customer_id" -> "CONCAT('C', id)";
      case "as_of" -> "DATE'2024-03-31'";
      case "currency" -> "CASE id % 5 WHEN 0 THEN NULL WHEN 1 THEN 'CLP' ELSE 'USD' END";
      case "current_dpd" -> "CAST(IF(id % 7 = 0, NULL, HASH(id) % 400) AS " + type(field) + ")";
      case "days_late_mean_12m" -> "IF(id % 4 = 0, NULL, HASH(id, 1) % 100000 / 8D)";
      case "open_amount" ->
          "CAST(PMOD(HASH(id, 2), 1000000) * 123456789.1234BD AS " + type(field) + ")";
      default -> "CAST(NULL AS " + type(field) + ")";
    };
  }

  private static String type(StructField field) {
    return field.dataType().sql();
  }
}
