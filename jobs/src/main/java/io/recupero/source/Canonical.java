package io.recupero.source;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The canonical tables and their columns. */
final class Canonical {

  private static final Map<String, List<String>> TABLES = new LinkedHashMap<>();

  static {
    table("customers", "customer_id* name tax_id country region industry company_size segment timezone credit_limit currency risk_rating customer_since person_type preferred_channel valid_from");
    table("invoices", "invoice_id* customer_id* issue_date* due_date* amount* currency* document_type portfolio_id debt_type plan_id discount_until discount_amount recorded_at");
    table("payments", "payment_id* customer_id* paid_on* amount* currency* method reverses_payment_id recorded_at");
    table("payment_applications", "payment_id* invoice_id* applied_on amount* payment_amount");
    table("refunds", "refund_id* customer_id* refunded_on* amount* currency* payment_id recorded_at");
    table("adjustments", "adjustment_id* invoice_id* kind* effective_on* amount* plan_id reverses_adjustment_id recorded_at");
    table("contacts", "contact_id* customer_id* started_at* channel* direction outcome* agent_id invoice_id strategy_id duration_s receptivity call_rating cost currency recording_ref delay_reason consent");
    table("promises", "promise_id* customer_id* made_on* due_on* amount* currency* contact_id invoice_id agent_id cancelled_on");
    table("plans", "plan_id* customer_id* agreed_on* status restructured_amount currency");
    table("disputes", "dispute_id* invoice_id* opened_on* closed_on reason resolution amount");
    table("surveys", "survey_id* customer_id* answered_on* csat nps contact_id comment");
    table("agents", "agent_id* name team agency training_hours monthly_target currency");
    table("strategies", "strategy_id* customer_id* arm* assigned_on* segment");
    table("stages", "customer_id* stage* entered_on*");
    table("fx_rates", "rate_date* from_currency* to_currency* rate*");
    table("holidays", "country* date* name");
  }

  private Canonical() {}

  private static void table(String name, String columns) {
    TABLES.put(name, Arrays.asList(columns.split(" ")));
  }

  /** Returns a header's column as a canonical name would be written: " Invoice ID " is invoice_id. */
  static String name(String header) {
    return header.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
  }

  static Set<String> tables() {
    return TABLES.keySet();
  }

  static List<String> columns(String table) {
    return TABLES.get(table).stream().map(c -> c.replace("*", "")).toList();
  }

  static Set<String> required(String table) {
    Set<String> required = new LinkedHashSet<>();
    TABLES.get(table).stream().filter(c -> c.endsWith("*")).forEach(c -> required.add(c.replace("*", "")));
    return required;
  }
}
