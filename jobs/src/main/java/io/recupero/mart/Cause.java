package io.recupero.mart;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

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
          + " WHEN kind = 'cash' OR kind = 'write_off_recovery' AND paid_on IS NOT NULL"
          + " OR kind = 'refund' AND invoice_id IS NOT NULL THEN 'payment'"
          + " WHEN kind = 'refund' THEN 'refund'"
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
        undone(payments, since.now().read(PAYMENTS), "payment")
            .unionByName(undone(adjustments, since.now().read(ADJUSTMENTS), "adjustment"))
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
                + " WHEN kind IN ('cash', 'withholding') OR family = 'payment' THEN 'late_payment'"
                + " WHEN kind IN ('write_off', 'refund') THEN kind"
                + " ELSE 'credit_note' END AS cause")
        .drop("family", "known", "undone", "said");
  }

  /**
   * What new records reverse; where they reverse a reversal, what that one reversed too. A longer
   * chain is told as what it moves.
   */
  private static Dataset<Row> undone(Dataset<Row> added, Dataset<Row> all, String family) {
    String reverses = "reverses_" + family + "_id";
    Dataset<Row> direct =
        added.where(reverses + " IS NOT NULL").selectExpr(reverses + " AS source_id");
    Dataset<Row> indirect =
        all.where(reverses + " IS NOT NULL")
            .selectExpr(family + "_id AS reversal", reverses + " AS origin")
            .join(broadcast(direct), col("reversal").equalTo(col("source_id")), "left_semi")
            .selectExpr("origin AS source_id");
    return direct.unionAll(indirect).selectExpr("'" + family + "' AS family", "source_id");
  }

  /** Where a table was made anew, nothing tells which of its records are new. */
  private static Dataset<Row> added(Since since, String table) {
    return since.added(table).orElseGet(() -> since.now().read(table).limit(0));
  }

  private static scala.collection.immutable.Seq<String> on() {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of("family", "source_id")).toSeq();
  }
}
