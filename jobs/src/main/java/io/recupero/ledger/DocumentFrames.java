package io.recupero.ledger;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Silver frames of every kind in the one shape of {@link DocumentRow}.
 *
 * <p>What another column of the row says already is null: millions of these rows are sorted. {@link
 * LedgerWalker} fills it in again.
 */
final class DocumentFrames {

  private static final String NO_TEXT = "CAST(NULL AS STRING)";
  private static final String NO_AMOUNT = "CAST(NULL AS DECIMAL(18, 4))";
  private static final String NO_DAY = "CAST(NULL AS INT)";

  private static final StructType LAST =
      new StructType()
          .add("last_key", DataTypes.StringType, false)
          .add("last_customer", DataTypes.StringType, false)
          .add("last_currency", DataTypes.StringType, false);

  private final SilverFrames silver;
  private final Corrections corrections;

  private DocumentFrames(SilverFrames silver, Corrections corrections) {
    this.silver = silver;
    this.corrections = corrections;
  }

  /** Returns all documents; {@code payer_id} beside {@code customer_id} says who pays for whom. */
  static Dataset<Row> of(SilverFrames silver, Corrections corrections) {
    DocumentFrames frames = new DocumentFrames(silver, corrections);
    List<Dataset<Row>> documents = new ArrayList<>();
    documents.add(invoices(silver.invoices()));
    silver.adjustments().ifPresent(frame -> documents.add(frames.adjustments(frame)));
    silver.refunds().ifPresent(frame -> documents.add(refunds(frame, silver.invoices())));
    silver
        .payments()
        .ifPresent(
            payments -> {
              documents.add(payments(payments));
              silver.applications().ifPresent(frame -> documents.add(frames.applications(frame)));
              silver
                  .reservations()
                  .filter(frame -> !frame.isEmpty())
                  .ifPresent(frame -> documents.add(reservations(frame, payments)));
            });
    return documents.stream().reduce(Dataset::unionByName).orElseThrow();
  }

  private static Dataset<Row> invoices(Dataset<Row> invoices) {
    return invoices.selectExpr(
        "COALESCE(document_type, 'invoice') AS kind",
        "invoice_id AS id",
        "customer_id",
        "customer_id AS payer_id",
        "currency",
        NO_TEXT + " AS invoice_id",
        NO_TEXT + " AS refers_to",
        "UNIX_DATE(issue_date) AS day",
        "UNIX_DATE(due_date) AS due_day",
        "amount",
        NO_AMOUNT + " AS other_amount",
        NO_TEXT + " AS plan_id",
        "known_at");
  }

  private static Dataset<Row> payments(Dataset<Row> payments) {
    return payments.selectExpr(
        "IF(reverses_payment_id IS NULL, 'payment', 'payment_reversal') AS kind",
        "payment_id AS id",
        "customer_id",
        "customer_id AS payer_id",
        "currency",
        NO_TEXT + " AS invoice_id",
        "reverses_payment_id AS refers_to",
        "UNIX_DATE(paid_on) AS day",
        NO_DAY + " AS due_day",
        "amount",
        NO_AMOUNT + " AS other_amount",
        NO_TEXT + " AS plan_id",
        "known_at");
  }

  private Dataset<Row> applications(Dataset<Row> applications) {
    return withLastOwner(withLastPayer(applications))
        .selectExpr(
            "'application' AS kind",
            (List.of(applications.columns()).contains("line") ? "line" : NO_TEXT) + " AS id",
            "owner_id AS customer_id",
            "payer_id",
            "invoice_currency AS currency",
            "invoice_id",
            "payment_id AS refers_to",
            NO_DAY + " AS day",
            "UNIX_DATE(applied_on) AS due_day",
            "amount",
            "NULLIF(payment_amount, amount) AS other_amount",
            NO_TEXT + " AS plan_id",
            "known_at");
  }

  private static Dataset<Row> reservations(Dataset<Row> reservations, Dataset<Row> payments) {
    Dataset<Row> claimed =
        payments
            .join(reservations.select("payment_id").distinct(), "payment_id", "left_semi")
            .groupBy("payment_id")
            .agg(
                expr("MAX_BY(customer_id, known_at) AS customer_id"),
                expr("MAX_BY(currency, known_at) AS currency"),
                expr("MAX_BY(amount, known_at) AS paid_amount"));
    return reservations
        .join(claimed, "payment_id")
        .selectExpr(
            "'reservation' AS kind",
            "id",
            "customer_id",
            "customer_id AS payer_id",
            "currency",
            NO_TEXT + " AS invoice_id",
            "payment_id AS refers_to",
            NO_DAY + " AS day",
            NO_DAY + " AS due_day",
            "COALESCE(amount, paid_amount) AS amount",
            NO_AMOUNT + " AS other_amount",
            NO_TEXT + " AS plan_id",
            "known_at");
  }

  private Dataset<Row> adjustments(Dataset<Row> adjustments) {
    return withLastOwner(adjustments)
        .selectExpr(
            "IF(reverses_adjustment_id IS NULL, kind, 'adjustment_reversal') AS kind",
            "adjustment_id AS id",
            "owner_id AS customer_id",
            "owner_id AS payer_id",
            "invoice_currency AS currency",
            "invoice_id",
            "reverses_adjustment_id AS refers_to",
            "UNIX_DATE(effective_on) AS day",
            NO_DAY + " AS due_day",
            "amount",
            NO_AMOUNT + " AS other_amount",
            "plan_id",
            "known_at");
  }

  /** What is owed of a refund goes by its id, unless an invoice has the same. */
  private static Dataset<Row> refunds(Dataset<Row> refunds, Dataset<Row> invoices) {
    Dataset<Row> taken =
        invoices
            .selectExpr("invoice_id AS taken_id")
            .join(
                refunds.selectExpr("refund_id AS wanted_id"),
                col("taken_id").equalTo(col("wanted_id")),
                "left_semi")
            .distinct();
    return refunds
        .join(taken, refunds.col("refund_id").equalTo(taken.col("taken_id")), "left")
        .selectExpr(
            "'refund' AS kind",
            "refund_id AS id",
            "customer_id",
            "customer_id AS payer_id",
            "currency",
            "CONCAT('refund ', taken_id) AS invoice_id",
            "payment_id AS refers_to",
            "UNIX_DATE(refunded_on) AS day",
            NO_DAY + " AS due_day",
            "amount",
            NO_AMOUNT + " AS other_amount",
            NO_TEXT + " AS plan_id",
            "known_at");
  }

  /** Silver carries the owner as it was when judged; the walk wants it as corrected since. */
  private Dataset<Row> withLastOwner(Dataset<Row> frame) {
    return withLast(frame, File.INVOICES, "invoice_id", "owner_id", "invoice_currency");
  }

  private Dataset<Row> withLastPayer(Dataset<Row> frame) {
    return withLast(frame, File.PAYMENTS, "payment_id", "payer_id", "payment_currency");
  }

  private Dataset<Row> withLast(
      Dataset<Row> frame, String table, String key, String customer, String currency) {
    List<Row> moved =
        corrections.of(table).stream()
            .map(record -> RowFactory.create(record.key(), record.customer(), record.currency()))
            .toList();
    if (moved.isEmpty()) {
      return frame;
    }
    Dataset<Row> last = frame.sparkSession().createDataFrame(moved, LAST);
    return frame
        .join(broadcast(last), frame.col(key).equalTo(last.col("last_key")), "left")
        .withColumn(customer, expr("COALESCE(last_customer, " + customer + ")"))
        .withColumn(currency, expr("COALESCE(last_currency, " + currency + ")"))
        .drop(LAST.fieldNames());
  }
}
