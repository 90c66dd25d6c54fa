package io.recupero.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.recupero.config.NamedCustomers;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who customers were on the report's date: customer_id, segment and name, one row a customer. */
final class Customers {

  /** A person by either word is a person; without any it is not known to be a company. */
  private static final String IS_COMPANY =
      "COALESCE(known.person_type <> 'consumer', true)"
          + " AND COALESCE(known.company_size <> 'person', true)"
          + " AND COALESCE(known.person_type, known.company_size) IS NOT NULL";

  private static final String SINCE = "COALESCE(valid_from, DATE'0001-01-01')";

  private Customers() {}

  /** Returns what a reader must know of names that are not shown; empty where all are. */
  static List<String> notes(Source source) {
    return switch (source.names) {
      case ALL -> List.of();
      case NONE -> List.of(source.texts.text("report.names.none"));
      case COMPANIES -> List.of(source.texts.text("report.names.companies"));
    };
  }

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
            .agg(
                expr("MAX_BY(STRUCT(name, person_type, company_size), STRUCT("
                        + SINCE
                        + ", known_at))")
                    .as("known"))
            .select(col("name_of"), shown(source.names).as("name"));
    return rows.join(segments, col("customer_id").equalTo(col("segment_of")), "left")
        .join(names, col("customer_id").equalTo(col("name_of")), "left")
        .where(source.slice.filter(Slice.SEGMENT));
  }

  /** Returns the name of {@code known}, a row of the customers file, where it is shown. */
  static Column shown(NamedCustomers names) {
    return switch (names) {
      case ALL -> col("known.name");
      case NONE -> expr("CAST(NULL AS STRING)");
      case COMPANIES -> expr("IF(" + IS_COMPANY + ", known.name, NULL)");
    };
  }
}
