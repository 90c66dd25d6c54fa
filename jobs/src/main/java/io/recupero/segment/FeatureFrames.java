package io.recupero.segment;

import io.recupero.ledger.OwedRefunds;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All tables in the one shape in which they travel to their customer: customer, kind of record,
 * when it was learned, its texts and its numbers (days, and amounts in ten-thousandths).
 */
final class FeatureFrames {

  static final int EVENT = 0;
  static final int INVOICE = 1;
  static final int PAYMENT = 2;
  static final int CUSTOMER = 3;
  static final int CONTACT = 4;
  static final int PROMISE = 5;
  static final int DISPUTE = 6;
  static final int PLAN = 7;

  private FeatureFrames() {}

  static Dataset<Row> of(FeatureInputs inputs) {
    Dataset<Row> all =
        events(inputs.events())
            .unionByName(invoices(OwedRefunds.with(inputs.invoices(), inputs.events())));
    if (inputs.payments().isPresent()) {
      all = all.unionByName(payments(inputs.payments().get()));
    }
    if (inputs.customers().isPresent()) {
      all = all.unionByName(customers(inputs.customers().get()));
    }
    if (inputs.contacts().isPresent()) {
      all = all.unionByName(contacts(inputs.contacts().get()));
    }
    if (inputs.promises().isPresent()) {
      all = all.unionByName(promises(inputs.promises().get()));
    }
    if (inputs.disputes().isPresent()) {
      all = all.unionByName(disputes(inputs.disputes().get(), inputs.invoices()));
    }
    if (inputs.plans().isPresent()) {
      all = all.unionByName(plans(inputs.plans().get()));
    }
    return all;
  }

  private static Dataset<Row> events(Dataset<Row> events) {
    // What waits unapplied and recoveries after write-off do not move any invoice.
    return rows(
        events.where("invoice_id IS NOT NULL AND kind <> 'write_off_recovery'"),
        EVENT,
        List.of("invoice_id", "currency", "kind", "source_id"),
        List.of(day("effective_on"), day("paid_on"), amount("amount")));
  }

  private static Dataset<Row> invoices(Dataset<Row> invoices) {
    return rows(
        invoices,
        INVOICE,
        List.of("invoice_id", "document_type", "debt_type"),
        List.of(
            day("issue_date"), day("due_date"), day("discount_until"), amount("discount_amount")));
  }

  private static Dataset<Row> payments(Dataset<Row> payments) {
    return rows(
        payments,
        PAYMENT,
        List.of("payment_id", "currency", "method", "reverses_payment_id"),
        List.of(day("paid_on"), amount("amount")));
  }

  private static Dataset<Row> customers(Dataset<Row> customers) {
    return rows(
        customers,
        CUSTOMER,
        List.of(
            "country",
            "region",
            "industry",
            "company_size",
            "person_type",
            "risk_rating",
            "currency",
            "timezone"),
        List.of(day("valid_from"), day("customer_since"), amount("credit_limit")));
  }

  private static Dataset<Row> contacts(Dataset<Row> contacts) {
    return rows(
        contacts,
        CONTACT,
        List.of("contact_id", "channel", "direction", "outcome"),
        List.of("UNIX_MICROS(started_at)"));
  }

  private static Dataset<Row> promises(Dataset<Row> promises) {
    return rows(
        promises,
        PROMISE,
        List.of("promise_id", "currency", "invoice_id"),
        List.of(day("made_on"), day("due_on"), day("cancelled_on"), amount("amount")));
  }

  /** A dispute names an invoice only: it travels to every customer that ever had that invoice. */
  private static Dataset<Row> disputes(Dataset<Row> disputes, Dataset<Row> invoices) {
    Dataset<Row> owners =
        invoices
            .selectExpr("invoice_id AS owned_id", "customer_id AS owner_id")
            .join(disputes.selectExpr("invoice_id AS owned_id").distinct(), "owned_id")
            .distinct();
    return rows(
        disputes
            .join(owners, disputes.col("invoice_id").equalTo(owners.col("owned_id")))
            .withColumnRenamed("owner_id", "customer_id"),
        DISPUTE,
        List.of("dispute_id", "invoice_id"),
        List.of(day("opened_on"), day("closed_on"), amount("amount")));
  }

  private static Dataset<Row> plans(Dataset<Row> plans) {
    return rows(plans, PLAN, List.of("plan_id"), List.of(day("agreed_on")));
  }

  private static Dataset<Row> rows(
      Dataset<Row> frame, int what, List<String> texts, List<String> numbers) {
    return frame.selectExpr(
        "customer_id",
        what + " AS what",
        "known_at",
        "ARRAY(" + String.join(", ", texts) + ") AS texts",
        "ARRAY(" + String.join(", ", numbers) + ") AS numbers");
  }

  private static String day(String column) {
    return "CAST(UNIX_DATE(" + column + ") AS BIGINT)";
  }

  private static String amount(String column) {
    return "CAST(" + column + " * 10000 AS BIGINT)";
  }
}
