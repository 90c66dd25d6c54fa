package io.recupero.sample;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;

/** The canonical input tables: their file names, and their columns in the order of the files. */
enum Table {
  CUSTOMERS(
      "customer_id STRING, name STRING, tax_id STRING, country STRING, region STRING,"
          + " industry STRING, company_size STRING, segment STRING, timezone STRING,"
          + " credit_limit DECIMAL(18,4), currency STRING, risk_rating STRING,"
          + " customer_since DATE, person_type STRING, preferred_channel STRING, valid_from DATE"),
  INVOICES(
      "invoice_id STRING, customer_id STRING, issue_date DATE, due_date DATE,"
          + " amount DECIMAL(18,4), currency STRING, document_type STRING, portfolio_id STRING,"
          + " debt_type STRING, plan_id STRING, discount_until DATE,"
          + " discount_amount DECIMAL(18,4), recorded_at TIMESTAMP"),
  PAYMENTS(
      "payment_id STRING, customer_id STRING, paid_on DATE, amount DECIMAL(18,4),"
          + " currency STRING, method STRING, reverses_payment_id STRING, recorded_at TIMESTAMP"),
  PAYMENT_APPLICATIONS(
      "payment_id STRING, invoice_id STRING, applied_on DATE, amount DECIMAL(18,4),"
          + " payment_amount DECIMAL(18,4)"),
  REFUNDS(
      "refund_id STRING, customer_id STRING, refunded_on DATE, amount DECIMAL(18,4),"
          + " currency STRING, payment_id STRING, recorded_at TIMESTAMP"),
  ADJUSTMENTS(
      "adjustment_id STRING, invoice_id STRING, kind STRING, effective_on DATE,"
          + " amount DECIMAL(18,4), plan_id STRING, reverses_adjustment_id STRING,"
          + " recorded_at TIMESTAMP"),
  CONTACTS(
      "contact_id STRING, customer_id STRING, started_at TIMESTAMP, channel STRING,"
          + " direction STRING, outcome STRING, agent_id STRING, invoice_id STRING,"
          + " strategy_id STRING, duration_s INT, receptivity INT, call_rating INT,"
          + " cost DECIMAL(18,4), currency STRING, recording_ref STRING, delay_reason STRING,"
          + " consent BOOLEAN"),
  PROMISES(
      "promise_id STRING, customer_id STRING, made_on DATE, due_on DATE, amount DECIMAL(18,4),"
          + " currency STRING, contact_id STRING, invoice_id STRING, agent_id STRING,"
          + " cancelled_on DATE"),
  PLANS(
      "plan_id STRING, customer_id STRING, agreed_on DATE, status STRING,"
          + " restructured_amount DECIMAL(18,4), currency STRING"),
  DISPUTES(
      "dispute_id STRING, invoice_id STRING, opened_on DATE, closed_on DATE, reason STRING,"
          + " resolution STRING, amount DECIMAL(18,4)"),
  SURVEYS(
      "survey_id STRING, customer_id STRING, answered_on DATE, csat INT, nps INT,"
          + " contact_id STRING, comment STRING"),
  AGENTS(
      "agent_id STRING, name STRING, team STRING, agency STRING, training_hours INT,"
          + " monthly_target DECIMAL(18,4), currency STRING"),
  STRATEGIES(
      "strategy_id STRING, customer_id STRING, arm STRING, assigned_on DATE, segment STRING"),
  STAGES("customer_id STRING, stage STRING, entered_on DATE"),
  FX_RATES(
      "rate_date DATE, from_currency STRING, to_currency STRING, rate DECIMAL(28,12)"),
  HOLIDAYS("country STRING, date DATE, name STRING");

  /** Tables that tell of the whole creditor, not of one customer. */
  static final List<Table> REFERENCE = List.of(AGENTS, FX_RATES, HOLIDAYS);

  private final StructType schema;

  Table(String ddl) {
    schema = StructType.fromDDL(ddl);
  }

  StructType schema() {
    return schema;
  }

  String fileName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
