package io.recupero.sample;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;

/**
 * The canonical input tables: their file names, and the columns that the generator fills, in the
 * order of its rows and files. A contract may have further ones, which stay absent.
 */
enum Table {
  CUSTOMERS(
      "customer_id",
      "name",
      "tax_id",
      "country",
      "region",
      "industry",
      "company_size",
      "segment",
      "timezone",
      "credit_limit",
      "currency",
      "risk_rating",
      "customer_since",
      "person_type",
      "preferred_channel",
      "valid_from"),
  INVOICES(
      "invoice_id",
      "customer_id",
      "issue_date",
      "due_date",
      "amount",
      "currency",
      "document_type",
      "portfolio_id",
      "debt_type",
      "plan_id",
      "discount_until",
      "discount_amount",
      "recorded_at"),
  PAYMENTS(
      "payment_id",
      "customer_id",
      "paid_on",
      "amount",
      "currency",
      "method",
      "reverses_payment_id",
      "recorded_at"),
  PAYMENT_APPLICATIONS("payment_id", "invoice_id", "applied_on", "amount", "payment_amount"),
  REFUNDS(
      "refund_id", "customer_id", "refunded_on", "amount", "currency", "payment_id", "recorded_at"),
  ADJUSTMENTS(
      "adjustment_id",
      "invoice_id",
      "kind",
      "effective_on",
      "amount",
      "plan_id",
      "reverses_adjustment_id",
      "recorded_at"),
  CONTACTS(
      "contact_id",
      "customer_id",
      "started_at",
      "channel",
      "direction",
      "outcome",
      "agent_id",
      "invoice_id",
      "strategy_id",
      "duration_s",
      "receptivity",
      "call_rating",
      "cost",
      "currency",
      "recording_ref",
      "delay_reason",
      "consent"),
  PROMISES(
      "promise_id",
      "customer_id",
      "made_on",
      "due_on",
      "amount",
      "currency",
      "contact_id",
      "invoice_id",
      "agent_id",
      "cancelled_on"),
  PLANS("plan_id", "customer_id", "agreed_on", "status", "restructured_amount", "currency"),
  DISPUTES("dispute_id", "invoice_id", "opened_on", "closed_on", "reason", "resolution", "amount"),
  SURVEYS("survey_id", "customer_id", "answered_on", "csat", "nps", "contact_id", "comment"),
  AGENTS("agent_id", "name", "team", "agency", "training_hours", "monthly_target", "currency"),
  STRATEGIES("strategy_id", "customer_id", "arm", "assigned_on", "segment"),
  STAGES("customer_id", "stage", "entered_on"),
  FX_RATES("rate_date", "from_currency", "to_currency", "rate"),
  HOLIDAYS("country", "date", "name");

  /** Tables that tell of the whole creditor, not of one customer. */
  static final List<Table> REFERENCE = List.of(AGENTS, FX_RATES, HOLIDAYS);

  private final List<String> columns;
  private final StructType schema;

  Table(String... columns) {
    this.columns = List.of(columns);
    Contract contract = Loaded.CONTRACTS.input(fileName());
    StructType typed = new StructType();
    for (String column : columns) {
      typed = typed.add(column, contract.column(column).type());
    }
    this.schema = typed;
  }

  List<String> columns() {
    return columns;
  }

  /** Returns the columns with the types that their contract gives them. */
  StructType schema() {
    return schema;
  }

  String fileName() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static final class Loaded {
    static final Contracts CONTRACTS = Contracts.load();
  }
}
