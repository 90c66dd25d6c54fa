package io.recupero.ledger;

import io.recupero.walk.GroupWalk;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The ledger of all customers: silver documents in, events out, one shuffle by customer.
 *
 * <p>Grain: one row per change of an invoice's balance or (without invoice) of a customer's
 * unapplied cash and credit. The state at an as-of date D, as known at K, is the sum of {@code
 * amount} where {@code effective_on <= D} and {@code known_at <= K}.
 */
public final class Ledger {

  static final int AMOUNT_DIGITS = 18;

  private Ledger() {}

  /**
   * Returns the events of all documents.
   *
   * @param schema the columns of the contract {@code ledger.events}
   * @param allocate whether waiting money goes to open invoices by itself
   */
  public static Dataset<Row> events(SilverFrames silver, StructType schema, boolean allocate) {
    return GroupWalk.over(
        Parties.assign(DocumentFrames.of(silver)), schema, () -> new LedgerWalker(allocate));
  }
}
