package io.recupero.ledger;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was given back out of payments that were reversed later: receivables that only the ledger
 * knows, for readers that look an invoice up.
 */
public final class OwedRefunds {

  /** Tells their events from those of refunds that take what waits. */
  private static final String IS_OWED = "kind = 'refund' AND invoice_id IS NOT NULL";

  private OwedRefunds() {}

  /** Returns invoices with owed refunds added; columns that these do not have are null. */
  public static Dataset<Row> with(Dataset<Row> invoices, Dataset<Row> ledger) {
    Dataset<Row> owed =
        ledger
            .where(IS_OWED)
            .groupBy("invoice_id", "customer_id", "currency", "effective_on")
            .agg(expr("SUM(amount) AS owed"), expr("MIN(known_at) AS known_at"))
            .groupBy("invoice_id", "customer_id", "currency")
            .agg(
                expr("MIN(IF(owed > 0, effective_on, NULL)) AS issue_date"),
                expr("MIN(IF(owed > 0, effective_on, NULL)) AS due_date"),
                expr("MIN(known_at) AS known_at"),
                expr("'debit_note' AS document_type"),
                expr("FALSE AS _repeated"))
            .where("due_date IS NOT NULL");
    return invoices.unionByName(owed, /* allowMissingColumns= */ true);
  }
}
