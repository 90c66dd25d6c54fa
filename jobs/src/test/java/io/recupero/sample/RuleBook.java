package io.recupero.sample;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of the canonical inputs as DuckDB queries that count the rows that break them: an
 * opinion of its own, sharing nothing with the generator or the contracts.
 */
final class RuleBook {

  private static final String[] TABLES = {
    "customers",
    "invoices",
    "payments",
    "payment_applications",
    "refunds",
    "adjustments",
    "contacts",
    "promises",
    "plans",
    "disputes",
    "surveys",
    "agents",
    "strategies",
    "stages",
    "fx_rates",
    "holidays"
  };

  /** How many of its smallest units a currency has. */
  private static final String UNITS =
      "CASE m.currency WHEN 'CLP' THEN 1 WHEN 'CLF' THEN 10000 ELSE 100 END";

  private final Map<String, String> rules = new LinkedHashMap<>();

  RuleBook(String lastDay) {
    unique("invoices", "invoice_id");
    unique("payments", "payment_id");
    unique("payment_applications", "payment_id, invoice_id, coalesce(applied_on, '')");
    unique("refunds", "refund_id");
    unique("adjustments", "adjustment_id");
    unique("contacts", "contact_id");
    unique("promises", "promise_id");
    unique("plans", "plan_id");
    unique("disputes", "dispute_id");
    unique("surveys", "survey_id");
    unique("strategies", "strategy_id");
    unique("customers", "customer_id, coalesce(valid_from, '')");
    unique("stages", "customer_id, stage, entered_on");
    unique("fx_rates", "rate_date, from_currency, to_currency");
    unique("holidays", "country, date");
    for (String table :
        new String[] {
          "invoices",
          "payments",
          "refunds",
          "contacts",
          "promises",
          "plans",
          "surveys",
          "strategies",
          "stages"
        }) {
      refers(table, "customer_id", "customers", "customer_id");
    }
    refers("payment_applications", "payment_id", "payments", "payment_id");
    refers("payment_applications", "invoice_id", "invoices", "invoice_id");
    refers("adjustments", "invoice_id", "invoices", "invoice_id");
    refers("adjustments", "plan_id", "plans", "plan_id");
    refers("adjustments", "reverses_adjustment_id", "adjustments", "adjustment_id");
    refers("payments", "reverses_payment_id", "payments", "payment_id");
    refers("refunds", "payment_id", "payments", "payment_id");
    refers("invoices", "plan_id", "plans", "plan_id");
    refers("contacts", "agent_id", "agents", "agent_id");
    refers("contacts", "invoice_id", "invoices", "invoice_id");
    refers("contacts", "strategy_id", "strategies", "strategy_id");
    refers("promises", "contact_id", "contacts", "contact_id");
    refers("promises", "invoice_id", "invoices", "invoice_id");
    refers("surveys", "contact_id", "contacts", "contact_id");
    refers("disputes", "invoice_id", "invoices", "invoice_id");
    for (String table : new String[] {"invoices", "payments", "refunds", "promises"}) {
      amounts(table, "SELECT amount, currency FROM " + table);
    }
    amounts(
        "adjustments",
        "SELECT j.amount, i.currency FROM adjustments j JOIN invoices i USING (invoice_id)");
    amounts(
        "payment_applications",
        "SELECT a.amount, i.currency FROM payment_applications a JOIN invoices i USING (invoice_id)"
            + " UNION ALL SELECT a.payment_amount, p.currency FROM payment_applications a"
            + " JOIN payments p USING (payment_id) WHERE a.payment_amount IS NOT NULL");
    day("invoices", "issue_date", lastDay);
    day("payments", "paid_on", lastDay);
    day("adjustments", "effective_on", lastDay);
    day("refunds", "refunded_on", lastDay);
    day("plans", "agreed_on", lastDay);
    day("disputes", "opened_on", lastDay);
    day("promises", "made_on", lastDay);
    rules.put(
        "due not before issue",
        "SELECT * FROM invoices WHERE NOT coalesce(try_cast(due_date AS DATE) >="
            + " try_cast(issue_date AS DATE), false)");
    rules.put(
        "known currency",
        "SELECT currency FROM invoices WHERE currency NOT IN ('CLP','COP','MXN','PEN','USD','CLF')"
            + " UNION ALL SELECT currency FROM payments WHERE currency NOT IN"
            + " ('CLP','COP','MXN','PEN','USD')");
    rules.put(
        "application in the invoice's currency or with both amounts",
        "SELECT * FROM payment_applications a JOIN payments p USING (payment_id) JOIN invoices i"
            + " USING (invoice_id) WHERE (p.currency <> i.currency) <> (a.payment_amount IS NOT"
            + " NULL)");
    rules.put(
        "applications within the payment",
        "SELECT payment_id FROM payment_applications a JOIN payments p USING (payment_id) GROUP BY"
            + " payment_id, p.amount HAVING sum(coalesce(a.payment_amount,"
            + " a.amount)::DECIMAL(18,4)) > p.amount::DECIMAL(18,4)");
    rules.put(
        "applied not before paid",
        "SELECT * FROM payment_applications a JOIN payments p USING (payment_id) WHERE a.applied_on"
            + " < p.paid_on");
    rules.put(
        "payment reversed once, in full, not before it",
        "SELECT r.payment_id FROM payments r JOIN payments p ON p.payment_id ="
            + " r.reverses_payment_id WHERE r.amount <> p.amount OR r.currency <> p.currency OR"
            + " r.customer_id <> p.customer_id OR r.paid_on < p.paid_on OR p.reverses_payment_id IS"
            + " NOT NULL UNION ALL SELECT reverses_payment_id FROM payments WHERE"
            + " reverses_payment_id IS NOT NULL GROUP BY ALL HAVING count(*) > 1");
    rules.put(
        "adjustment reversed once, in full, not before it",
        "SELECT r.adjustment_id FROM adjustments r"
            + " JOIN adjustments j ON j.adjustment_id = r.reverses_adjustment_id"
            + " WHERE r.amount <> j.amount OR r.kind <> j.kind OR r.invoice_id <> j.invoice_id"
            + " OR r.effective_on < j.effective_on"
            + " UNION ALL SELECT reverses_adjustment_id FROM adjustments"
            + " WHERE reverses_adjustment_id IS NOT NULL GROUP BY ALL HAVING count(*) > 1");
    rules.put(
        "refund out of cash that nothing can claim",
        "SELECT r.refund_id FROM refunds r WHERE EXISTS (SELECT 1 FROM invoices i LEFT JOIN (SELECT"
            + " a.invoice_id, sum(a.amount::DECIMAL(18,4)) paid   FROM payment_applications a JOIN"
            + " payments p USING (payment_id) WHERE p.paid_on <= r.refunded_on   GROUP BY"
            + " a.invoice_id) s USING (invoice_id)   WHERE i.customer_id = r.customer_id AND"
            + " i.issue_date <= r.refunded_on   AND coalesce(s.paid, 0) < i.amount::DECIMAL(18,4))"
            + " OR EXISTS (SELECT 1 FROM adjustments j JOIN invoices i USING (invoice_id)   WHERE"
            + " i.customer_id = r.customer_id) OR (SELECT sum(p.amount::DECIMAL(18,4)) FROM"
            + " payments p WHERE p.customer_id = r.customer_id   AND p.paid_on <= r.refunded_on) -"
            + " (SELECT sum(a.amount::DECIMAL(18,4)) FROM payment_applications a   JOIN payments p"
            + " USING (payment_id) WHERE p.customer_id = r.customer_id   AND p.paid_on <="
            + " r.refunded_on) < r.amount::DECIMAL(18,4)");
    rules.put(
        "recoveries within the write-off",
        "SELECT invoice_id FROM adjustments WHERE kind IN ('write_off', 'write_off_recovery') GROUP"
            + " BY invoice_id HAVING sum(CASE kind WHEN 'write_off' THEN 1 ELSE -1 END *"
            + " amount::DECIMAL(18,4)) < 0");
    rules.put(
        "plan replaces what its instalments bill",
        "SELECT plan_id FROM plans p WHERE p.restructured_amount::DECIMAL(18,4) <> (SELECT"
            + " sum(amount::DECIMAL(18,4)) FROM invoices i WHERE i.plan_id = p.plan_id) OR"
            + " p.restructured_amount::DECIMAL(18,4) <> (SELECT sum(amount::DECIMAL(18,4)) FROM"
            + " adjustments j WHERE j.plan_id = p.plan_id)");
    rules.put(
        "contact at the customer's own offset",
        "SELECT contact_id FROM contacts k JOIN (SELECT DISTINCT customer_id, timezone FROM"
            + " customers) c USING (customer_id) WHERE strftime(k.started_at::TIMESTAMPTZ AT TIME"
            + " ZONE c.timezone, '%Y-%m-%dT%H:%M:%S') <> left(k.started_at, 19)");
    rules.put(
        "recorded by the end",
        "SELECT * FROM payments WHERE left(recorded_at, 10) > '" + lastDay + "'");
  }

  /** Returns, for each rule that is broken, by how many rows. */
  Map<String, Long> broken(Path folder) throws SQLException {
    Map<String, Long> broken = new LinkedHashMap<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (String table : TABLES) {
        statement.execute(
            "CREATE TABLE "
                + table
                + " AS FROM read_csv('"
                + folder.resolve(table + ".csv")
                + "', all_varchar = true, header = true, quote = '\"', escape = '\"', delim ="
                + " ',')");
      }
      for (Map.Entry<String, String> rule : rules.entrySet()) {
        long rows = count(statement, "SELECT count(*) FROM (" + rule.getValue() + ")");
        if (rows > 0) {
          broken.put(rule.getKey(), rows);
        }
      }
    }
    return broken;
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** A corrected invoice is two versions of one key, so the same key with another time is fine. */
  private void unique(String table, String key) {
    String version = table.equals("invoices") ? ", coalesce(recorded_at, '')" : "";
    rules.put(
        table + " has unique keys",
        "SELECT 1 FROM " + table + " GROUP BY " + key + version + " HAVING count(*) > 1");
  }

  private void refers(String table, String column, String to, String key) {
    rules.put(
        table + "." + column + " is known",
        "SELECT 1 FROM "
            + table
            + " t WHERE t."
            + column
            + " IS NOT NULL AND t."
            + column
            + " NOT IN (SELECT "
            + key
            + " FROM "
            + to
            + ")");
  }

  private void amounts(String table, String rows) {
    rules.put(
        table + " has amounts above zero with the currency's decimals",
        "SELECT 1 FROM ("
            + rows
            + ") m WHERE NOT coalesce(try_cast(m.amount AS DECIMAL(18,4)) > 0, false)"
            + " OR try_cast(m.amount AS DECIMAL(18,4)) * "
            + UNITS
            + " % 1 <> 0");
  }

  private void day(String table, String column, String lastDay) {
    rules.put(
        table + "." + column + " is a day of the history",
        "SELECT 1 FROM "
            + table
            + " WHERE NOT coalesce(try_cast("
            + column
            + " AS DATE) BETWEEN DATE '2024-04-01' AND DATE '"
            + lastDay
            + "', false)");
  }
}
