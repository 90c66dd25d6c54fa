package io.recupero.ledger;

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
    Optional<Dataset<Row>> refunds) {}
