package io.recupero.ledger;

import static org.apache.spark.sql.functions.expr;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The judged documents a ledger is made of: silver frames with all versions of their records and
 * their {@code known_at}. A table that the source does not have is empty here.
 *
 * <p>Applications carry {@code payer_id}, {@code payment_currency}, {@code owner_id} and {@code
 * invoice_currency} of the payment and the invoice they name, adjustments the latter two, as they
 * were when the record was judged; {@code _repeated} marks versions of a key that was said before.
 *
 * @param reservations quarantined applications, whose money is kept back: {@code id}, {@code
 *     payment_id}, {@code amount} in the payment's currency (null: all of the payment), {@code
 *     known_at}
 */
public record SilverFrames(
    Dataset<Row> invoices,
    Optional<Dataset<Row>> payments,
    Optional<Dataset<Row>> applications,
    Optional<Dataset<Row>> reservations,
    Optional<Dataset<Row>> adjustments,
    Optional<Dataset<Row>> refunds) {

  /** Makes them, each adjustment with its owner. */
  public SilverFrames {
    adjustments = adjustments.map(SilverFrames::withOwner);
  }

  /** A credit note that names no invoice names its customer and currency itself. */
  static Dataset<Row> withOwner(Dataset<Row> adjustments) {
    List<String> columns = List.of(adjustments.columns());
    return columns.containsAll(List.of("owner_id", "customer_id", "currency"))
        ? adjustments
            .withColumn("owner_id", expr("COALESCE(owner_id, customer_id)"))
            .withColumn("invoice_currency", expr("COALESCE(invoice_currency, currency)"))
        : adjustments;
  }
}
