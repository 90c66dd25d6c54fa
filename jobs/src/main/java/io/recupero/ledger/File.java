package io.recupero.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents of one walk as far as they are known, the last version of each, and who refers to
 * whom.
 *
 * <p>It is asked by table and id apart: of a debtor with a hundred thousand invoices, texts that
 * hold both would take more memory than the documents.
 */
final class File {

  static final String INVOICES = "invoices";
  static final String PAYMENTS = "payments";
  static final String ADJUSTMENTS = "adjustments";
  static final String REFUNDS = "refunds";

  private final Map<String, InvoiceDocument> invoices = new HashMap<>();
  private final Map<String, PaymentDocument> payments = new HashMap<>();
  private final Map<String, Adjustment> adjustments = new HashMap<>();
  private final Map<String, Map<String, Document>> current = new HashMap<>();
  private final Map<String, Map<String, List<Document>>> referring = new HashMap<>();
  private final Map<String, Long> reserved = new HashMap<>();

  /** Lets a document take the place of the version before it, and returns that, or null. */
  Document replace(Document document) {
    return current
        .computeIfAbsent(document.table(), t -> new HashMap<>())
        .put(document.id, document);
  }

  /** Whether no later version has taken the document's place. */
  boolean isCurrent(Document document) {
    return current.getOrDefault(document.table(), Map.of()).get(document.id) == document;
  }

  void add(InvoiceDocument invoice) {
    invoices.put(invoice.id, invoice);
  }

  void add(PaymentDocument payment) {
    payments.put(payment.id, payment);
  }

  void add(Adjustment adjustment) {
    adjustments.put(adjustment.id, adjustment);
  }

  /**
   * Keeps back what an application says of its payment, whether or not its invoice is known;
   * negative: no longer.
   */
  void reserve(String paymentId, long amount) {
    reserved.merge(paymentId, amount, Math::addExact);
  }

  /** Lets a document be scheduled again when what it refers to changes. */
  void refer(String table, String id, Document by) {
    referring
        .computeIfAbsent(table, t -> new HashMap<>())
        .computeIfAbsent(id, i -> new ArrayList<>(2))
        .add(by);
  }

  List<Document> referringTo(Document document) {
    return referring.getOrDefault(document.table(), Map.of()).getOrDefault(document.id, List.of());
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
    return reserved.getOrDefault(paymentId, 0L);
  }
}
