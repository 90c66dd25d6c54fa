package io.recupero.contract;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Adds up what is applied of each payment, in the payment's currency.
 *
 * <p>What waits in quarantine counts too: its money stays reserved for it. Of the versions of an
 * application the current one counts.
 */
final class Applications {

  /** What is applied of the payment up to and with this application. */
  static final String APPLIED = "_applied";

  /** The money of an application in its payment's currency; null where it is unknown. */
  static final String MONEY = "_money";

  private static final String KNOWN = "_known";
  private static final String CURRENT = "_current";

  private Applications() {}

  /** Adds {@link #MONEY} and {@link #APPLIED} to applications with their payment and invoice. */
  static Dataset<Row> addUp(Dataset<Row> applications, Optional<Dataset<Row>> known) {
    Dataset<Row> here =
        applications
            .withColumn(
                MONEY,
                expr(
                    "CASE WHEN payment_amount IS NOT NULL THEN payment_amount"
                        + " WHEN payment.currency IS NULL OR invoice.currency IS NULL"
                        + " OR payment.currency = invoice.currency THEN amount END"))
            .withColumn(KNOWN, lit(false));
    Dataset<Row> all =
        known.map(before -> here.unionByName(touched(before, applications), true)).orElse(here);

    WindowSpec payment = Window.partitionBy("payment_id").orderBy("applied_on", "invoice_id");
    WindowSpec key = Window.partitionBy("payment_id", "applied_on", "invoice_id");
    WindowSpec versions = key.orderBy(col(Lineage.KNOWN_AT), col(KNOWN).desc());
    Column reserved =
        when(
                lead(col("payment_id"), 1).over(versions).isNull(),
                greatest(coalesce(col(MONEY), lit(0)), lit(0)))
            .otherwise(lit(0));
    Column before = sum(CURRENT).over(payment).minus(sum(CURRENT).over(key)).cast("decimal(38,4)");
    return all.withColumn(CURRENT, reserved)
        .withColumn(APPLIED, before.plus(col(MONEY)))
        .where(col(KNOWN).equalTo(false))
        .drop(CURRENT, KNOWN);
  }

  private static Dataset<Row> touched(Dataset<Row> known, Dataset<Row> applications) {
    Dataset<Row> payments = applications.select(col("payment_id").as("_touched")).distinct();
    return known
        .join(payments, col("payment_id").equalTo(col("_touched")), "left_semi")
        .select(
            col("payment_id"),
            col("invoice_id"),
            col("applied_on"),
            col(Lineage.KNOWN_AT),
            coalesce(col("payment_amount"), col("amount")).as(MONEY),
            lit(true).as(KNOWN));
  }
}
