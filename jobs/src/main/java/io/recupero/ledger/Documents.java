package io.recupero.ledger;

import java.util.Map;
import java.util.function.Function;

/** The kinds of document, each with the class that knows what it does to the books. */
final class Documents {

  private static final Map<String, Function<DocumentRow, Document>> KINDS =
      Map.ofEntries(
          Map.entry("invoice", InvoiceDocument::new),
          Map.entry("debit_note", InvoiceDocument::new),
          Map.entry("instalment", InvoiceDocument::new),
          Map.entry("interest", ChargeAdjustment::new),
          Map.entry("penalty", ChargeAdjustment::new),
          Map.entry("credit_note", CreditNote::new),
          Map.entry("discount", Reduction::new),
          Map.entry("write_off", Reduction::new),
          Map.entry("withholding", Reduction::new),
          Map.entry("write_off_recovery", WriteOffRecovery::new),
          Map.entry("adjustment_reversal", row -> new ReversalDocument(row, false)),
          Map.entry("payment", PaymentDocument::new),
          Map.entry("payment_reversal", row -> new ReversalDocument(row, true)),
          Map.entry("application", ApplicationDocument::new),
          Map.entry("reservation", ReservationDocument::new),
          Map.entry("refund", RefundDocument::new));

  private Documents() {}

  static Document of(DocumentRow row) {
    Function<DocumentRow, Document> kind = KINDS.get(row.kind());
    if (kind == null) {
      throw new IllegalArgumentException(
          "Cannot post " + row.id() + ": no document of the kind " + row.kind());
    }
    return kind.apply(row);
  }
}
