package io.recupero.summary;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;

import io.recupero.contract.Newest;
import io.recupero.ledger.OwedRefunds;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How customers pay, in three small tables: by which means ({@code gold.payment_methods}), what
 * follows a penalty ({@code gold.penalties}), and who always pays in time ({@code
 * gold.prompt_payers}).
 */
public final class HabitsJob implements Job {

  private static final String METHODS = "gold.payment_methods";
  private static final String PENALTIES = "gold.penalties";
  private static final String PROMPT = "gold.prompt_payers";
  private static final String LEDGER = "ledger.events";
  private static final String INVOICES = "silver.invoices";
  private static final String PAYMENTS = "silver.payments";
  private static final String FEATURES = "gold.customer_features";

  /** Whole months told beside the running one. */
  private static final int MONTHS = 12;

  /** A penalty is judged when so many days have gone by. */
  private static final int JUDGED_AFTER = 30;

  /** Fewer invoices in a year tell no habit. */
  private static final int LEAST_INVOICES = 3;

  private final LocalDate asOf;

  /** Makes the job up to a date. */
  public HabitsJob(LocalDate asOf) {
    this.asOf = asOf;
  }

  @Override
  public String name() {
    return "habits";
  }

  @Override
  public List<String> inputs() {
    return List.of(LEDGER, INVOICES, PAYMENTS, FEATURES);
  }

  @Override
  public List<String> outputs() {
    return List.of(METHODS, PENALTIES, PROMPT);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("as_of", asOf.toString());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    Dataset<Row> invoices =
        Newest.of(
            OwedRefunds.with(inputs.read(INVOICES), inputs.read(LEDGER)),
            "invoice_id",
            "due_date",
            "portfolio_id");
    return Map.of(
        METHODS,
        methods(inputs, invoices),
        PENALTIES,
        penalties(inputs.read(LEDGER), invoices),
        PROMPT,
        prompt(inputs.read(FEATURES)));
  }

  private Dataset<Row> methods(Inputs inputs, Dataset<Row> invoices) {
    LocalDate from = asOf.withDayOfMonth(1).minusMonths(MONTHS);
    Dataset<Row> methods =
        Newest.of(inputs.read(PAYMENTS), "payment_id", "method")
            .withColumnRenamed("payment_id", "source_id");
    return inputs
        .read(LEDGER)
        .where("kind = 'cash' AND invoice_id IS NOT NULL")
        .where("effective_on BETWEEN DATE'" + from + "' AND DATE'" + asOf + "'")
        .join(invoices, on("invoice_id"))
        .join(methods, on("source_id"), "left")
        .selectExpr(
            "LEAST(LAST_DAY(effective_on), DATE'" + asOf + "') AS as_of",
            "method",
            "currency",
            "portfolio_id",
            "source_id",
            "-amount AS cash",
            "DATEDIFF(COALESCE(paid_on, effective_on), due_date) AS days_late")
        // money that was taken off again, as when a correction was learned, paid nothing
        .groupBy("as_of", "method", "currency", "portfolio_id", "source_id", "days_late")
        .agg(expr("SUM(cash)").as("cash"))
        .where("cash <> 0")
        .groupBy("as_of", "method", "currency", "portfolio_id")
        .agg(
            expr("COUNT(DISTINCT source_id)").as("payment_count"),
            expr("CAST(SUM(cash) AS DECIMAL(38, 4))").as("cash_amount"),
            expr("CAST(SUM(IF(days_late <= 0, cash, 0)) AS DECIMAL(38, 4))").as("on_time_amount"),
            expr("CAST(SUM(cash * days_late) AS DECIMAL(38, 4))").as("late_day_amount"))
        .withColumn(
            "mean_days_late",
            expr("CAST(late_day_amount AS DOUBLE) / NULLIF(CAST(cash_amount AS DOUBLE), 0)"));
  }

  private Dataset<Row> penalties(Dataset<Row> ledger, Dataset<Row> invoices) {
    Dataset<Row> punished =
        ledger
            .where("kind IN ('penalty', 'interest') AND effective_on <= DATE'" + asOf + "'")
            .groupBy("invoice_id")
            .agg(expr("MIN(effective_on)").as("first_on"));
    String seen = "DATE_ADD(first_on, " + JUDGED_AFTER + ")";
    return ledger
        .where("invoice_id IS NOT NULL AND kind <> 'write_off_recovery'")
        .where("effective_on <= DATE'" + asOf + "'")
        .join(broadcast(punished), on("invoice_id"))
        .groupBy("invoice_id", "currency", "first_on")
        .agg(
            expr("SUM(IF(kind IN ('penalty', 'interest'), amount, 0))").as("charged"),
            expr("SUM(IF(effective_on <= " + seen + ", amount, 0)) <= 0").as("closed"),
            expr("-SUM(IF(kind = 'cash' AND effective_on BETWEEN first_on AND "
                    + seen
                    + ", amount, 0))")
                .as("cash"))
        .join(invoices, on("invoice_id"))
        .selectExpr(
            "LEAST(LAST_DAY(first_on), DATE'" + asOf + "') AS as_of",
            "currency",
            "portfolio_id",
            "charged",
            seen + " <= DATE'" + asOf + "' AS judged",
            "closed",
            "cash")
        .groupBy("as_of", "currency", "portfolio_id")
        .agg(
            expr("COUNT(*)").as("invoice_count"),
            expr("CAST(SUM(charged) AS DECIMAL(38, 4))").as("charged_amount"),
            expr("COUNT_IF(judged)").as("judged_count"),
            expr("COUNT_IF(judged AND closed AND cash > 0)").as("paid_count"),
            expr("CAST(SUM(IF(judged, cash, 0)) AS DECIMAL(38, 4))").as("cash_30_amount"))
        .withColumn("paid_share", expr("100D * paid_count / NULLIF(judged_count, 0)"));
  }

  private static Dataset<Row> prompt(Dataset<Row> features) {
    return features
        .where("invoices_12m >= " + LEAST_INVOICES)
        .where("on_time_share_12m = 100 AND overdue_count = 0")
        .selectExpr(
            "as_of",
            "customer_id",
            "country",
            "company_size",
            "currency",
            "invoices_12m",
            "billed_amount_12m",
            "open_amount");
  }

  private static Seq<String> on(String column) {
    return CollectionConverters.asScala(List.of(column)).toSeq();
  }
}
