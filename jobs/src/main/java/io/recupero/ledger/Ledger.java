package io.recupero.ledger;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.recupero.walk.GroupWalk;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
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
    Corrections corrections = Corrections.of(silver);
    Parties parties = Parties.of(silver.applications(), corrections);
    return GroupWalk.over(
        parties.assign(DocumentFrames.of(silver, corrections)),
        schema,
        () -> new LedgerWalker(allocate));
  }

  /**
   * Returns the events that new documents add to a ledger: only the parties that they touch are
   * walked again. Empty where the walk also gives no longer what the ledger has, as when a document
   * that comes late was known before others that are there: then the ledger has to be made anew.
   *
   * @param silver all documents, new and old
   * @param touched {@code customer_id} of every customer that a new document names
   * @param ledger the events of the old documents
   * @param keep keeps a small frame that several others are made of
   */
  static Optional<Dataset<Row>> additions(
      SilverFrames silver,
      Dataset<Row> touched,
      Dataset<Row> ledger,
      StructType schema,
      boolean allocate,
      UnaryOperator<Dataset<Row>> keep) {
    Corrections corrections = Corrections.of(silver);
    Parties parties = Parties.of(silver.applications(), corrections);
    Dataset<Row> walked = keep.apply(parties.of(touched));
    Dataset<Row> documents = parties.assign(DocumentFrames.of(silver, corrections));
    Dataset<Row> now =
        keep.apply(
            GroupWalk.over(
                documents.join(
                    broadcast(walked), col("party").equalTo(col("of_interest")), "left_semi"),
                schema,
                () -> new LedgerWalker(allocate)));
    Dataset<Row> before =
        keep.apply(
            parties
                .only(ledger, walked)
                .select(Stream.of(schema.fieldNames()).map(functions::col).toArray(Column[]::new)));
    return before.exceptAll(now).isEmpty() ? Optional.of(now.exceptAll(before)) : Optional.empty();
  }
}
