package io.recupero.ledger;

import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.plan.Redirected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Invoices by the day they can be paid on: a due date on a weekend or a holiday of the customer's
 * country moves to the next business day. Everything that reads invoices reads these.
 *
 * <p>Grain, columns and versions are those of {@code silver.invoices}. Where the customer's country
 * on the due date is unknown, or no holidays are, only weekends count. Holidays are those known
 * now, whenever the invoice was learned.
 */
public final class DueDatesJob implements Job {

  /** The table. */
  public static final String TABLE = "ledger.invoices";

  private static final String INVOICES = "silver.invoices";
  private static final String CUSTOMERS = "silver.customers";
  private static final String HOLIDAYS = "silver.holidays";

  /** No country rests longer; a date that finds no business day within it stays. */
  private static final int LONGEST_REST_DAYS = 31;

  /** Returns the jobs with this one, on whose due dates they stand. */
  public static List<Job> before(List<Job> jobs) {
    List<Job> all = new ArrayList<>(List.of(new DueDatesJob()));
    all.addAll(Redirected.all(jobs, INVOICES, TABLE));
    return all;
  }

  @Override
  public String name() {
    return "due_dates";
  }

  @Override
  public List<String> inputs() {
    return List.of(INVOICES, CUSTOMERS, HOLIDAYS);
  }

  @Override
  public List<String> outputs() {
    return List.of(TABLE);
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    Dataset<Row> invoices = inputs.read(INVOICES);
    Column[] columns =
        List.of(invoices.columns()).stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> moved =
        invoices
            .join(
                homes(inputs.read(CUSTOMERS)),
                functions.expr(
                    "customer_id = home_customer"
                        + " AND (home_from IS NULL OR home_from <= due_date)"
                        + " AND (home_until IS NULL OR due_date < home_until)"),
                "left")
            .join(
                inputs
                    .read(HOLIDAYS)
                    .groupBy(functions.col("country").as("holiday_country"))
                    .agg(functions.expr("COLLECT_SET(date) AS holidays")),
                functions.expr("home_country = holiday_country"),
                "left")
            .withColumn("due_date", functions.expr(nextBusinessDay()));
    return Map.of(TABLE, moved.select(columns));
  }

  private static String nextBusinessDay() {
    String rests = "DAYOFWEEK(day) IN (1, 7) OR COALESCE(ARRAY_CONTAINS(holidays, day), FALSE)";
    return "COALESCE(GET(FILTER(SEQUENCE(due_date, DATE_ADD(due_date, "
        + LONGEST_REST_DAYS
        + ")), day -> NOT ("
        + rests
        + ")), 0), due_date)";
  }

  /** The country of each customer from a day to the next one on which it changes. */
  private static Dataset<Row> homes(Dataset<Row> customers) {
    return customers
        .groupBy("customer_id", "valid_from")
        .agg(functions.expr("MAX_BY(country, known_at) AS country"))
        .selectExpr(
            "customer_id AS home_customer",
            "country AS home_country",
            "valid_from AS home_from",
            "LEAD(valid_from) OVER (PARTITION BY customer_id ORDER BY valid_from NULLS FIRST)"
                + " AS home_until");
  }
}
