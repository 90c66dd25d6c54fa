package io.recupero.kpi;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a mart of deltas says at given dates: one row for each date and cell (a combination of keys)
 * in which something is not zero.
 *
 * @param keys the columns that make a cell
 * @param amounts parts that are money
 * @param counts parts that count things
 */
record Cells(Collection<String> keys, Collection<String> amounts, Collection<String> counts) {

  /** Says, beside an amount, that it is not known because its currency has no rate. */
  static final String UNRATED = "_unrated";

  /**
   * A UDF because Spark's own decimal division of such wide numbers keeps six decimals, not twelve.
   */
  private static final UserDefinedFunction CONVERT =
      udf(
          (UDF3<BigDecimal, BigDecimal, Boolean, BigDecimal>)
              (amount, rate, inverse) -> {
                if (amount == null || amount.signum() == 0) {
                  return amount;
                }
                return rate == null ? null : Rate.convert(amount, rate, inverse);
              },
          DataTypes.createDecimalType(36, Rate.DECIMALS));

  /**
   * Sums the deltas up to each date, all dates in one pass: a delta is added once, under the first
   * date that is not before its day, and those few sums are then carried on to the later dates.
   */
  Dataset<Row> at(List<LocalDate> dates, Dataset<Row> deltas) {
    LocalDate[] asOf = dates.toArray(LocalDate[]::new);
    int[] days = dates.stream().mapToInt(date -> (int) date.toEpochDay()).toArray();
    UserDefinedFunction firstDate =
        udf(
            (UDF1<Integer, Integer>)
                day -> {
                  int found = Arrays.binarySearch(days, day);
                  return found < 0 ? -found - 1 : found;
                },
            DataTypes.IntegerType);
    Dataset<Row> once =
        added(
            deltas
                .where(col("day").leq(lit(asOf[asOf.length - 1])))
                .withColumn("date", firstDate.apply(expr("unix_date(day)"))));
    Dataset<Row> carried =
        asOf.length == 1
            ? once
            : added(
                once.withColumn("from", col("date"))
                    .withColumn(
                        "date", explode(expr("sequence(from, " + (asOf.length - 1) + ")"))));
    return carried
        .where(something())
        .withColumn("as_of", element_at(lit(asOf), col("date").plus(1)))
        .drop("date");
  }

  /** Gives {@code money} its twelve decimals, and converts it where {@code rates} are given. */
  static Dataset<Row> converted(Dataset<Row> cells, Collection<String> money, Dataset<Row> rates) {
    Dataset<Row> result = cells;
    if (rates != null) {
      Column same =
          rates
              .col("as_of")
              .equalTo(cells.col("as_of"))
              .and(rates.col("currency").equalTo(cells.col("currency")));
      result =
          cells
              .join(broadcast(rates), same, "left")
              .drop(rates.col("as_of"))
              .drop(rates.col("currency"));
    }
    for (String amount : money) {
      Column exact = col(amount).cast(DataTypes.createDecimalType(36, Rate.DECIMALS));
      if (rates != null) {
        exact = CONVERT.apply(col(amount), col("rate"), col("inverse"));
        Column unrated = col("rate").isNull().and(coalesce(col(amount).notEqual(0), lit(false)));
        result = result.withColumn(amount + UNRATED, unrated);
      }
      result = result.withColumn(amount, exact);
    }
    return result;
  }

  private Dataset<Row> added(Dataset<Row> rows) {
    Column[] by =
        Stream.concat(Stream.of("date"), keys.stream()).map(c -> col(c)).toArray(Column[]::new);
    Column[] sums = parts().map(part -> sum(part).as(part)).toArray(Column[]::new);
    return rows.groupBy(by).agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length));
  }

  /** A null part is not nothing: it says that its content was never given. */
  private Column something() {
    return parts()
        .map(part -> coalesce(col(part).notEqual(0), lit(true)))
        .reduce(Column::or)
        .orElseThrow();
  }

  private Stream<String> parts() {
    return Stream.concat(amounts.stream(), counts.stream());
  }
}
