package io.recupero.kpi;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Finds the rate of each currency at each date. */
final class Rates {

  private Rates() {}

  /**
   * Returns, for every currency with a rate to or from {@code to}, the latest rate dated on or
   * before each date: that of the direct pair where there is any, else the inverse's.
   */
  static List<Rate> at(Dataset<Row> published, List<LocalDate> dates, String to) {
    Map<String, Rate> found = new TreeMap<>();
    for (Row row : latest(published, dates, to).collectAsList()) {
      boolean inverse = row.getString(1).equals(to);
      LocalDate asOf = row.getDate(0).toLocalDate();
      String from = row.getString(inverse ? 2 : 1);
      Rate rate =
          new Rate(asOf, from, to, row.getDecimal(3), row.getDate(4).toLocalDate(), inverse);
      found.merge(asOf + from, rate, (a, b) -> a.inverse() ? b : a);
    }
    return new ArrayList<>(found.values());
  }

  private static Dataset<Row> latest(Dataset<Row> published, List<LocalDate> dates, String to) {
    Dataset<Row> current = published;
    if (Arrays.asList(published.columns()).contains("known_at")) { // all versions are kept
      current =
          published
              .groupBy("rate_date", "from_currency", "to_currency")
              .agg(max_by(col("rate"), col("known_at")).as("rate"));
    }
    LocalDate[] asOf = dates.toArray(LocalDate[]::new);
    return current
        .where(col("from_currency").equalTo(to).notEqual(col("to_currency").equalTo(to)))
        .withColumn("as_of", explode(lit(asOf)))
        .where("rate_date <= as_of")
        .groupBy("as_of", "from_currency", "to_currency")
        .agg(expr("max_by(rate, rate_date)"), expr("max(rate_date)"));
  }

  /** Returns the rates as a table to join by as_of and currency; {@code to} itself has rate 1. */
  static Dataset<Row> table(
      SparkSession spark, List<Rate> rates, List<LocalDate> dates, String to) {
    List<Row> rows = new ArrayList<>();
    for (LocalDate date : dates) {
      rows.add(RowFactory.create(Date.valueOf(date), to, BigDecimal.ONE, false));
    }
    for (Rate rate : rates) {
      rows.add(
          RowFactory.create(Date.valueOf(rate.asOf()), rate.from(), rate.rate(), rate.inverse()));
    }
    StructType type =
        new StructType()
            .add("as_of", DataTypes.DateType)
            .add("currency", DataTypes.StringType)
            .add("rate", DataTypes.createDecimalType(28, 12))
            .add("inverse", DataTypes.BooleanType);
    return spark.createDataFrame(rows, type);
  }
}
