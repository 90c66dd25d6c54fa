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

  private final Map<String, Map<String, Document>> current = new HashMap<>();
  private final Map<String, Map<String, List<Document>>> referring = new HashMap<>();
  private final Map<String, Long> reserved = new HashMap<>();
  private final Map<String, List<RefundDocument>> holding = new HashMap<>();

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

  /** Returns the last version of a record; null where none is known. */
  Document find(String table, String id) {
    return id == null ? null : current.getOrDefault(table, Map.of()).get(id);
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
    return find(INVOICES, id) instanceof InvoiceDocument invoice ? invoice : null;
  }

  /** Returns a payment; null where none of that id is known, or it is a reversal. */
  PaymentDocument payment(String id) {
    return find(PAYMENTS, id) instanceof PaymentDocument payment ? payment : null;
  }

  long reserved(String paymentId) {
    return reserved.getOrDefault(paymentId, 0L);
  }

  /** Lets a refund hold the payment that it names. */
  void hold(String paymentId, RefundDocument by) {
    holding.computeIfAbsent(paymentId, id -> new ArrayList<>(1)).add(by);
  }

  /** Ends {@link #hold}. */
  void release(String paymentId, RefundDocument by) {
    List<RefundDocument> holders = holding.get(paymentId);
    if (holders != null) {
      holders.remove(by);
    }
  }

  /** Returns how much of a fund's waiting money refunds of later days will give back. */
  long held(Fund fund, int day) {
    if (!fund.cash || holding.isEmpty()) {
      return 0;
    }
    return holding.getOrDefault(fund.id, List.of()).stream()
        .mapToLong(refund -> refund.holds(fund, day))
        .sum();
  }
}
