package io.recupero.risk;

import io.recupero.contract.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What models see: features of customer and document by their ids, as numbers and categories.
 *
 * <p>Counts and amounts are taken as logarithms, shares of lateness as odds: a linear model needs
 * it, trees do not mind. Who a customer is, is not among them: a model that knew it would learn
 * names by heart. Nor is what only grows with the time on record, such as months on book: the first
 * years of a history would teach it a calendar.
 */
final class RiskColumns {

  static final String NUMBER = "n_";
  static final String CATEGORY = "c_";

  /** Stands for a category that is not known, so that it is one of its own. */
  static final String NONE = "none";

  private static final List<String> AS_THEY_ARE =
      List.of(
          "days_to_due",
          "term_days",
          "document_paid_share",
          "due_day_of_month",
          "late_share_recent",
          "days_late_recent",
          "days_late_last",
          "credit_used_share",
          "billing_trend",
          "days_late_seasonality",
          "overdue_share",
          "current_dpd",
          "weighted_dpd",
          "longest_dpd_12m",
          "on_time_share_3m",
          "on_time_share_12m",
          "on_time_amount_share_12m",
          "days_late_mean_12m",
          "days_late_median_12m",
          "days_late_p90_12m",
          "days_late_stddev_12m",
          "weighted_days_late_mean_12m",
          "days_late_trend",
          "partial_payment_share_12m",
          "payments_per_invoice_12m",
          "usual_pay_day",
          "usual_pay_day_share",
          "days_since_last_payment",
          "promises_kept_share_12m",
          "broken_promise_streak",
          "contact_rate_12m",
          "response_rate_12m",
          "days_since_last_contact",
          "discount_taken_share_12m",
          "instalments_kept_share");

  private static final List<String> COUNTED =
      List.of(
          "document_amount",
          "invoices_3m",
          "open_count",
          "overdue_count",
          "promises_broken_12m",
          "contacts_12m",
          "disputes_12m",
          "open_disputes",
          "plans_12m",
          "overdue_instalments",
          "reversed_payments_12m");

  private static final List<String> CATEGORIES =
      List.of(
          "document_currency",
          "document_type",
          "document_debt_type",
          "due_weekday",
          "is_disputed",
          "country",
          "region",
          "industry",
          "company_size",
          "person_type",
          "risk_rating",
          "main_debt_type",
          "usual_pay_method",
          "segment");

  private RiskColumns() {}

  /** Returns the numbers: feature id to SQL over the features. */
  static Map<String, String> numbers() {
    Map<String, String> sql = new LinkedHashMap<>();
    AS_THEY_ARE.forEach(id -> sql.put(id, "CAST(" + id + " AS DOUBLE)"));
    COUNTED.forEach(
        id -> sql.put(id, "LN(1 + IF(%1$s < 0, 0, CAST(%1$s AS DOUBLE)))".formatted(id)));
    // A linear model of days cannot bend at the due date by itself.
    sql.put("is_overdue", "CAST(days_to_due < 0 AS DOUBLE)");
    sql.put("days_overdue", "CAST(GREATEST(0, -days_to_due) AS DOUBLE)");
    sql.put("amount_of_usual", "LN(1 + IF(amount_of_usual < 0, 0, amount_of_usual))");
    sql.put("late_share", "LN(late_share / (100 - late_share))");
    return sql;
  }

  /** Returns the expressions that make all columns of models, named by kind and feature. */
  static List<String> expressions() {
    List<String> all = new ArrayList<>();
    numbers().forEach((id, sql) -> all.add(sql + " AS " + NUMBER + id));
    CATEGORIES.forEach(
        id ->
            all.add(
                "COALESCE(CAST(%s AS STRING), '%s') AS %s%s".formatted(id, NONE, CATEGORY, id)));
    return all;
  }

  /** Returns the feature that a slot of the models' vector was made of, by the slot's name. */
  static String featureOf(String slot) {
    if (slot.startsWith(NUMBER)) {
      return slot.substring(NUMBER.length());
    }
    return CATEGORIES.stream()
        .filter(id -> slot.startsWith(CATEGORY + id + "_"))
        .max(java.util.Comparator.comparingInt(String::length))
        .orElse(slot);
  }

  /** Returns the feature's own value of what models see. */
  static double back(String id, double seen) {
    if (id.equals("late_share")) {
      return 100 / (1 + Math.exp(-seen));
    }
    return COUNTED.contains(id) || id.equals("amount_of_usual") ? Math.expm1(seen) : seen;
  }

  /** Returns the name of what has no card: a key of the document, or the segment. */
  static Text nameOf(String id) {
    return switch (id) {
      case "segment" -> new Text("Segmento", "Segment");
      case "document_currency" -> new Text("Moneda", "Currency");
      default -> new Text(id, id);
    };
  }
}
