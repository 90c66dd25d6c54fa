package io.recupero.ledger;

import io.recupero.walk.GroupWalk;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The ledger of all customers: silver documents in, events out, one shuffle by customer.
 *
 * <p>Grain: one row per change of an invoice's balance or (without invoice) of a customer's unapplied
 * cash and credit. The state at an as-of date D, as known at K, is the sum of {@code amount} where
 * {@code effective_on <= D} and {@code known_at <= K}.
 */
public final class Ledger {

  static final int AMOUNT_DIGITS = 18;

  private Ledger() {}

  /** Returns the columns of an event. */
  public static StructType schema() {
    return new StructType()
        .add("event_id", DataTypes.LongType, false)
        .add("kind", DataTypes.StringType, false)
        .add("invoice_id", DataTypes.StringType, true)
        .add("customer_id", DataTypes.StringType, false)
        .add("currency", DataTypes.StringType, false)
        .add("amount", DataTypes.createDecimalType(AMOUNT_DIGITS, Money.SCALE), false)
        .add("effective_on", DataTypes.DateType, false)
        .add("known_at", DataTypes.TimestampType, false)
        .add("source_id", DataTypes.StringType, false)
        .add("paid_on", DataTypes.DateType, true)
        .add("sequence", DataTypes.IntegerType, false)
        .add("finding", DataTypes.StringType, true);
  }

  /**
   * Returns the events of all documents.
   *
   * @param allocate whether waiting money goes to open invoices by itself
   */
  public static Dataset<Row> events(SilverFrames silver, boolean allocate) {
    return GroupWalk.over(
        Parties.assign(DocumentFrames.of(silver)), schema(), () -> new LedgerWalker(allocate));
  }
}
