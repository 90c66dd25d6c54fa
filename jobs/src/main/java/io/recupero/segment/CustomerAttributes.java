package io.recupero.segment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who a customer was when: the attributes that figures are grouped by, from a day on.
 *
 * <p>Grain: one row a customer and day on which something changes: customer_id, valid_from (null:
 * since ever), segment, country, region, industry, company_size. Before a customer's first row all
 * are null.
 */
public final class CustomerAttributes {

  /** The table's name. */
  public static final String TABLE = "silver.customer_attributes";

  private static final String BY_DAY = "PARTITION BY customer_id ORDER BY valid_from NULLS FIRST";
  private static final String UNTIL_NOW = " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)";
  private static final String ATTRIBUTES = "STRUCT(country, region, industry, company_size)";
  private static final String[] COLUMNS = {
    "customer_id", "valid_from", "segment", "country", "region", "industry", "company_size"
  };

  private CustomerAttributes() {}

  /**
   * Returns the attributes as the customers file gives them, its segment too.
   *
   * @param customers silver customers, all versions; of each row the one known last stands
   */
  public static Dataset<Row> given(Dataset<Row> customers) {
    return onlyChanges(current(customers).selectExpr(COLUMNS));
  }

  /**
   * Returns the attributes as the file gives them, with the segments that rules give: through a
   * month the one that the features at the close of the month before lead to.
   *
   * @param customers as for {@link #given}; may have no rows
   * @param features of month closes, with newcomers: see {@link CustomerFeatures#withNewcomers}
   */
  public static Dataset<Row> byRules(
      Dataset<Row> customers, Dataset<Row> features, SegmentRules rules) {
    Dataset<Row> segments =
        rules
            .assign(features)
            .selectExpr(
                "customer_id",
                "DATE_ADD(as_of, 1) AS valid_from",
                "STRUCT(segment) AS segment",
                "CAST(NULL AS STRUCT<country: STRING, region: STRING, industry: STRING,"
                    + " company_size: STRING>) AS attributes");
    Dataset<Row> attributes =
        current(customers)
            .selectExpr(
                "customer_id",
                "valid_from",
                "CAST(NULL AS STRUCT<segment: STRING>) AS segment",
                ATTRIBUTES + " AS attributes");
    // What a day says nothing of stays as it was.
    Dataset<Row> days =
        attributes
            .unionByName(segments)
            .groupBy("customer_id", "valid_from")
            .agg(expr("MAX(segment) AS segment"), expr("MAX(attributes) AS attributes"))
            .selectExpr(
                "customer_id",
                "valid_from",
                "LAST(segment, TRUE) OVER (" + BY_DAY + UNTIL_NOW + ".segment AS segment",
                "LAST(attributes, TRUE) OVER (" + BY_DAY + UNTIL_NOW + " AS attributes");
    return onlyChanges(
        days.selectExpr("customer_id", "valid_from", "segment", "attributes.*")
            .selectExpr(COLUMNS));
  }

  /** One row a customer and valid_from: the version known last. */
  private static Dataset<Row> current(Dataset<Row> customers) {
    return customers
        .groupBy(col("customer_id"), col("valid_from"))
        .agg(
            expr(
                "MAX_BY(STRUCT(segment, country, region, industry, company_size), known_at) AS row"))
        .selectExpr("customer_id", "valid_from", "row.*");
  }

  /** Leaves out rows that say the same as the one before. */
  private static Dataset<Row> onlyChanges(Dataset<Row> rows) {
    String said = "STRUCT(segment, country, region, industry, company_size)";
    return rows.withColumn("before", expr("LAG(" + said + ") OVER (" + BY_DAY + ")"))
        .where("before IS NULL OR NOT (before <=> " + said + ")")
        .drop("before");
  }
}
