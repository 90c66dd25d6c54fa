package io.recupero.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who customers were on the report's date: customer_id, segment and name, one row a customer. */
final class Customers {

  private static final String SINCE = "COALESCE(valid_from, DATE'0001-01-01')";

  private Customers() {}

  /** Returns rows of a customer with its segment and name, those of the slice alone. */
  static Dataset<Row> with(Source source, Dataset<Row> rows) {
    Dataset<Row> segments =
        source
            .read("silver.customer_attributes")
            .where("valid_from IS NULL OR valid_from <= " + source.day())
            .groupBy(col("customer_id").as("segment_of"))
            .agg(expr("MAX_BY(segment, " + SINCE + ")").as("segment"));
    // Of a customer, the row in force that day; of its versions, the one known last.
    Dataset<Row> names =
        source
            .read("silver.customers")
            .where("valid_from IS NULL OR valid_from <= " + source.day())
            .groupBy(col("customer_id").as("name_of"))
            .agg(expr("MAX_BY(name, STRUCT(" + SINCE + ", known_at))").as("name"));
    return rows.join(segments, col("customer_id").equalTo(col("segment_of")), "left")
        .join(names, col("customer_id").equalTo(col("name_of")), "left")
        .where(source.slice.filter(Slice.SEGMENT));
  }
}
