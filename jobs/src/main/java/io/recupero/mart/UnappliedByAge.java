package io.recupero.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Unapplied cash and customer credit by how long they wait. Computed from the ledger at the dates
 * asked for: as a key of the mart, age alone would move it every night.
 */
public final class UnappliedByAge {

  private UnappliedByAge() {}

  /**
   * What waits in one ageing bucket on a date; zero where nothing does.
   *
   * @param bucket its label, by days from the payment, or from the day on which credit arose
   */
  public record Cell(LocalDate asOf, String currency, String bucket, BigDecimal amount) {}

  /**
   * Returns a cell for each date, each currency that then has or had unapplied money, and each
   * bucket.
   *
   * @param ledger the rows of {@code ledger.events} that count
   */
  public static List<Cell> at(Dataset<Row> ledger, List<LocalDate> dates) {
    List<Cell> cells = new ArrayList<>();
    for (LocalDate date : dates) {
      AgeingScheme scheme = AgeingSchemes.load().on(date);
      Map<String, Map<String, BigDecimal>> amounts = new TreeMap<>();
      for (Row row : waiting(ledger, date)) {
        amounts
            .computeIfAbsent(row.getString(0), currency -> zeros(scheme))
            .merge(scheme.bucketOf(row.getInt(1)), row.getDecimal(2), BigDecimal::add);
      }
      amounts.forEach(
          (currency, buckets) ->
              buckets.forEach(
                  (bucket, amount) -> cells.add(new Cell(date, currency, bucket, amount))));
    }
    return cells;
  }

  private static Map<String, BigDecimal> zeros(AgeingScheme scheme) {
    Map<String, BigDecimal> zeros = new LinkedHashMap<>();
    scheme.labels().forEach(bucket -> zeros.put(bucket, BigDecimal.ZERO));
    return zeros;
  }

  /** Returns currency, age in days and amount, of payments and credits of one age together. */
  private static List<Row> waiting(Dataset<Row> ledger, LocalDate date) {
    return ledger
        .where(col("invoice_id").isNull().and(col("effective_on").leq(lit(date))))
        .groupBy("customer_id", "currency", "source_id")
        .agg(
            expr("MIN(IF(amount > 0, COALESCE(paid_on, effective_on), NULL))").as("since"),
            expr("SUM(amount)").as("waiting"))
        .selectExpr("currency", "DATEDIFF(DATE'" + date + "', since) AS days", "waiting")
        .groupBy("currency", "days")
        .agg(sum("waiting").as("waiting"))
        .collectAsList();
  }
}
