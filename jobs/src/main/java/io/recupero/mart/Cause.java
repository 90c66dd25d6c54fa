package io.recupero.mart;

import static org.apache.spark.sql.functions.broadcast;

import io.recupero.plan.Since;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Why a figure that was published says something else now, in the order in which causes are looked
 * at: what owes first, then what moves between invoices, then what takes away.
 */
enum Cause {
  /** An invoice, debit note, interest or penalty that was learned late. */
  LATE_CHARGE,
  /** A record that says something else than before. */
  CORRECTION,
  /** A payment or an adjustment that was undone. */
  REVERSAL,
  /** Money known before, on other invoices. */
  RE_ALLOCATION,
  /** A credit note, discount or agreement that was learned late. */
  CREDIT_NOTE,
  /** A write-off that was learned late. */
  WRITE_OFF,
  /** A payment or withholding that was learned late. */
  LATE_PAYMENT,
  /** Money given back, learned late. */
  REFUND,
  /** A customer's attributes, given or by rules. */
  ATTRIBUTE_CHANGE,
  /** A setting or rule: ageing, days of grace. */
  RULE_CHANGE,
  /** None of these, which would be a fault of the program. */
  UNEXPLAINED;

  static final String PAYMENTS = "silver.payments";
  static final String ADJUSTMENTS = "silver.adjustments";

  private static final String FAMILY =
      "CASE WHEN kind IN ('invoice', 'debit_note', 'instalment') THEN 'invoice'"
          + " WHEN kind = 'cash' THEN 'payment' WHEN kind = 'refund' THEN 'refund'"
          + " ELSE 'adjustment' END AS family";

  private final String id = name().toLowerCase(Locale.ROOT);

  /** Returns the name in tables. */
  String id() {
    return id;
  }

  /**
   * Returns new events of the ledger with the column {@code cause}.
   *
   * @param before the events of the same customers that the ledger had
   * @param invoices invoices that have come or changed
   */
  static Dataset<Row> told(
      Since since, Dataset<Row> events, Dataset<Row> before, Dataset<Row> invoices) {
    Dataset<Row> payments = added(since, PAYMENTS);
    Dataset<Row> adjustments = added(since, ADJUSTMENTS);
    Dataset<Row> known = before.selectExpr(FAMILY, "source_id", "TRUE AS known").distinct();
    Dataset<Row> undone =
        payments
            .selectExpr("'payment' AS family", "reverses_payment_id AS source_id")
            .unionByName(
                adjustments.selectExpr(
                    "'adjustment' AS family", "reverses_adjustment_id AS source_id"))
            .where("source_id IS NOT NULL")
            .distinct()
            .selectExpr("*", "TRUE AS undone");
    Dataset<Row> said =
        payments
            .selectExpr("'payment' AS family", "payment_id AS source_id")
            .unionByName(
                adjustments.selectExpr("'adjustment' AS family", "adjustment_id AS source_id"))
            .unionByName(invoices.selectExpr("'invoice' AS family", "invoice_id AS source_id"))
            .distinct()
            .selectExpr("*", "TRUE AS said");
    return events
        .selectExpr("*", FAMILY)
        .join(known, on(), "left")
        .join(broadcast(undone), on(), "left")
        .join(broadcast(said), on(), "left")
        .selectExpr(
            "*",
            "CASE WHEN undone THEN 'reversal'"
                + " WHEN known AND said THEN 'correction'"
                + " WHEN known AND kind IN ('cash', 'credit', 'credit_note', 'restructured',"
                + " 'discount', 'withholding', 'write_off') THEN 're_allocation'"
                + " WHEN known THEN 'correction'"
                + " WHEN kind IN ('invoice', 'debit_note', 'instalment', 'interest', 'penalty')"
                + " THEN 'late_charge'"
                + " WHEN kind IN ('cash', 'withholding') THEN 'late_payment'"
                + " WHEN kind IN ('write_off', 'refund') THEN kind"
                + " ELSE 'credit_note' END AS cause")
        .drop("family", "known", "undone", "said");
  }

  /** Where a table was made anew, nothing tells which of its records are new. */
  private static Dataset<Row> added(Since since, String table) {
    return since.added(table).orElseGet(() -> since.now().read(table).limit(0));
  }

  private static scala.collection.immutable.Seq<String> on() {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of("family", "source_id")).toSeq();
  }
}
