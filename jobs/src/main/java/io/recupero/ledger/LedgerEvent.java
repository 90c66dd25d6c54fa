package io.recupero.ledger;

import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;

/**
 * One row of the ledger: a change of an invoice's balance or, without invoice, of what waits
 * unapplied.
 *
 * @param amount signed, in ten-thousandths
 * @param effectiveDay when it counts, as days since 1970
 * @param knownAt when we learned it, in microseconds since 1970 (UTC)
 * @param sourceId the record it comes from: an invoice, payment, adjustment or refund
 * @param paidDay of cash: the day the money came; otherwise {@link Integer#MIN_VALUE}
 * @param sequence the place of the event among those of its walk's day
 */
public record LedgerEvent(
    EventKind kind,
    String invoiceId,
    String customerId,
    String currency,
    long amount,
    int effectiveDay,
    long knownAt,
    String sourceId,
    int paidDay,
    int sequence,
    String finding) {

  /**
   * Added to the place of cash that a discount or withholding has released: on its day it comes
   * after them, so that they do not end the invoice anew.
   */
  public static final int AFTER_ALL = 1 << 24;

  /**
   * Returns an id made of what the event is, so that the same history gives the same ids however
   * often and in whatever order it is read.
   */
  long eventId() {
    String text =
        kind.id()
            + '|'
            + invoiceId
            + '|'
            + customerId
            + '|'
            + sourceId
            + '|'
            + effectiveDay
            + '|'
            + knownAt
            + (sequence >= AFTER_ALL ? "|released" : "");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return XXH64.hashUnsafeBytes(bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length, 42);
  }
}
