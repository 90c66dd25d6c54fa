package io.recupero.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents of one walk that others refer to, as far as they are known, and who refers to them.
 */
final class File {

  static final String INVOICES = "invoices";
  static final String PAYMENTS = "payments";
  static final String ADJUSTMENTS = "adjustments";
  static final String REFUNDS = "refunds";

  private final Map<String, InvoiceDocument> invoices = new HashMap<>();
  private final Map<String, PaymentDocument> payments = new HashMap<>();
  private final Map<String, Adjustment> adjustments = new HashMap<>();
  private final Map<String, List<Document>> referring = new HashMap<>();
  private final Map<String, Map<String, Reservation>> reservations = new HashMap<>();

  void add(InvoiceDocument invoice) {
    invoices.put(invoice.id, invoice);
  }

  void add(PaymentDocument payment) {
    payments.put(payment.id, payment);
  }

  void add(Adjustment adjustment) {
    adjustments.put(adjustment.id, adjustment);
  }

  /** Keeps back what an application says of its payment, whether or not its invoice is known. */
  void reserve(String paymentId, Document by, long amount) {
    reservations
        .computeIfAbsent(paymentId, id -> new HashMap<>(2))
        .put(by.key(), new Reservation(amount));
  }

  /** Lets a document be scheduled again when what it refers to changes. */
  void refer(String table, String id, Document by) {
    referring.computeIfAbsent(table + '|' + id, k -> new ArrayList<>(2)).add(by);
  }

  List<Document> referringTo(Document document) {
    return referring.getOrDefault(document.key(), List.of());
  }

  InvoiceDocument invoice(String id) {
    return invoices.get(id);
  }

  PaymentDocument payment(String id) {
    return payments.get(id);
  }

  Adjustment adjustment(String id) {
    return adjustments.get(id);
  }

  long reserved(String paymentId) {
    long sum = 0;
    for (Reservation r : reservations.getOrDefault(paymentId, Map.of()).values()) {
      sum = Math.addExact(sum, r.amount());
    }
    return sum;
  }

  private record Reservation(long amount) {}
}
