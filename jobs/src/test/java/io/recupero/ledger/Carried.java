package io.recupero.ledger;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the judge adds to silver of the records that a record names, for frames it has not seen. */
public final class Carried {

  private Carried() {}

  /** Adds to documents what silver carries; a record that names an unknown one is left out. */
  public static SilverFrames into(SilverFrames plain) {
    Dataset<Row> owners = last(plain.invoices(), "invoice_id", "owner_id", "invoice_currency");
    Optional<Dataset<Row>> payers =
        plain
            .payments()
            .map(payments -> last(payments, "payment_id", "payer_id", "payment_currency"));
    return new SilverFrames(
        flagged(plain.invoices(), "invoice_id"),
        plain.payments().map(payments -> flagged(payments, "payment_id")),
        plain
            .applications()
            .map(frame -> frame.join(owners, "invoice_id").join(payers.get(), "payment_id")),
        plain.reservations(),
        plain
            .adjustments()
            .map(frame -> flagged(frame.join(owners, "invoice_id"), "adjustment_id")),
        plain.refunds().map(refunds -> flagged(refunds, "refund_id")));
  }

  private static Dataset<Row> last(
      Dataset<Row> frame, String key, String customer, String currency) {
    return frame
        .groupBy(key)
        .agg(
            expr("MAX_BY(customer_id, known_at)").as(customer),
            expr("MAX_BY(currency, known_at)").as(currency));
  }

  private static Dataset<Row> flagged(Dataset<Row> frame, String key) {
    Dataset<Row> repeated =
        frame
            .groupBy(key)
            .count()
            .where("count > 1")
            .select(col(key).as("_key"))
            .withColumn("_repeated", lit(true));
    return frame
        .join(repeated, col(key).equalTo(col("_key")), "left")
        .drop("_key")
        .withColumn("_repeated", expr("COALESCE(_repeated, FALSE)"));
  }
}
