package io.recupero.ledger;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Silver frames of every kind in the one shape of {@link DocumentRow}. */
final class DocumentFrames {

  private static final String NO_TEXT = "CAST(NULL AS STRING)";
  private static final String NO_DAY = "CAST(" + Integer.MIN_VALUE + " AS INT)";

  private DocumentFrames() {}

  /** Returns all documents; {@code payer_id} beside {@code customer_id} says who pays for whom. */
  static Dataset<Row> of(SilverFrames silver) {
    Dataset<Row> owners = last(silver.invoices(), "invoice_id", "customer_id", "currency");
    List<Dataset<Row>> documents = new ArrayList<>();
    documents.add(invoices(silver.invoices()));
    silver.adjustments().ifPresent(frame -> documents.add(adjustments(frame, owners)));
    silver.refunds().ifPresent(frame -> documents.add(refunds(frame)));
    silver
        .payments()
        .ifPresent(
            payments -> {
              Dataset<Row> payers =
                  last(payments, "payment_id", "customer_id", "currency", "amount");
              documents.add(payments(payments));
              silver
                  .applications()
                  .ifPresent(frame -> documents.add(applications(frame, payers, owners)));
              silver.reservations().ifPresent(frame -> documents.add(reservations(frame, payers)));
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
        "invoice_id",
        NO_TEXT + " AS refers_to",
        "UNIX_DATE(issue_date) AS day",
        "UNIX_DATE(due_date) AS due_day",
        "amount",
        "amount AS other_amount",
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
        "amount AS other_amount",
        NO_TEXT + " AS plan_id",
        "known_at");
  }

  private static Dataset<Row> applications(
      Dataset<Row> applications, Dataset<Row> payers, Dataset<Row> owners) {
    return applications
        // as it was when judged; the walk wants it as corrected since
        .drop("payer_id")
        .join(payers, expr("payment_id = last_payment_id"))
        .withColumnRenamed("last_customer_id", "payer_id")
        .drop("last_currency", "last_amount")
        .join(owners, expr("invoice_id = last_invoice_id"))
        .selectExpr(
            "'application' AS kind",
            "CONCAT_WS('|', payment_id, invoice_id, applied_on) AS id",
            "last_customer_id AS customer_id",
            "payer_id",
            "last_currency AS currency",
            "invoice_id",
            "payment_id AS refers_to",
            NO_DAY + " AS day",
            "COALESCE(UNIX_DATE(applied_on), " + NO_DAY + ") AS due_day",
            "amount",
            "COALESCE(payment_amount, amount) AS other_amount",
            NO_TEXT + " AS plan_id",
            "known_at");
  }

  private static Dataset<Row> reservations(Dataset<Row> reservations, Dataset<Row> payers) {
    return reservations
        .join(payers, expr("payment_id = last_payment_id"))
        .selectExpr(
            "'reservation' AS kind",
            "id",
            "last_customer_id AS customer_id",
            "last_customer_id AS payer_id",
            "last_currency AS currency",
            NO_TEXT + " AS invoice_id",
            "payment_id AS refers_to",
            NO_DAY + " AS day",
            NO_DAY + " AS due_day",
            "COALESCE(amount, last_amount) AS amount",
            "COALESCE(amount, last_amount) AS other_amount",
            NO_TEXT + " AS plan_id",
            "known_at");
  }

  private static Dataset<Row> adjustments(Dataset<Row> adjustments, Dataset<Row> owners) {
    return adjustments
        .join(owners, expr("invoice_id = last_invoice_id"))
        .selectExpr(
            "IF(reverses_adjustment_id IS NULL, kind, 'adjustment_reversal') AS kind",
            "adjustment_id AS id",
            "last_customer_id AS customer_id",
            "last_customer_id AS payer_id",
            "last_currency AS currency",
            "invoice_id",
            "reverses_adjustment_id AS refers_to",
            "UNIX_DATE(effective_on) AS day",
            NO_DAY + " AS due_day",
            "amount",
            "amount AS other_amount",
            "plan_id",
            "known_at");
  }

  private static Dataset<Row> refunds(Dataset<Row> refunds) {
    return refunds.selectExpr(
        "'refund' AS kind",
        "refund_id AS id",
        "customer_id",
        "customer_id AS payer_id",
        "currency",
        NO_TEXT + " AS invoice_id",
        "payment_id AS refers_to",
        "UNIX_DATE(refunded_on) AS day",
        NO_DAY + " AS due_day",
        "amount",
        "amount AS other_amount",
        NO_TEXT + " AS plan_id",
        "known_at");
  }

  /** One row a key, of its last version; columns are prefixed so that joins stay unambiguous. */
  private static Dataset<Row> last(Dataset<Row> frame, String key, String... columns) {
    List<Column> last = new ArrayList<>();
    for (String column : columns) {
      last.add(expr("MAX_BY(" + column + ", known_at)").as("last_" + column));
    }
    return frame
        .groupBy(col(key).as("last_" + key))
        .agg(last.get(0), last.subList(1, last.size()).toArray(Column[]::new));
  }
}
