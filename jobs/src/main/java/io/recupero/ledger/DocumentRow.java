package io.recupero.ledger;

/**
 * A record of any document kind in the one shape in which all kinds travel to their customer's
 * walk.
 *
 * @param kind the kind of document, as {@link Documents} lists them
 * @param id the record's own key
 * @param customerId whose record it is; of an adjustment, its invoice's customer
 * @param currency of {@code amount}
 * @param invoiceId the invoice it refers to, or null
 * @param refersTo the payment or adjustment it refers to, or null
 * @param day its main date, as days since 1970
 * @param dueDay an invoice's due date; an application's own date, or {@link Integer#MIN_VALUE}
 * @param amount in ten-thousandths of the currency
 * @param otherAmount an application's amount in the payment's currency; elsewhere equal to amount
 * @param planId the payment agreement a credit note belongs to, or null
 * @param knownAt when the creditor learned of it, in microseconds since 1970 (UTC)
 */
record DocumentRow(
    String kind,
    String id,
    String customerId,
    String currency,
    String invoiceId,
    String refersTo,
    int day,
    int dueDay,
    long amount,
    long otherAmount,
    String planId,
    long knownAt) {}
