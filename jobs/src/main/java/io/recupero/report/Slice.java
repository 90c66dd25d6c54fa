package io.recupero.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The part of the data that a report is of.
 *
 * @param portfolio the portfolio, or null for all
 * @param segment the segment, or null for all
 * @param currency the currency, or null for all
 */
record Slice(String portfolio, String segment, String currency) {

  static final String PORTFOLIO = "portfolio_id";
  static final String SEGMENT = "segment";
  static final String CURRENCY = "currency";

  static Slice of(ReportRequest request) {
    return new Slice(request.portfolio(), request.segment(), request.currency());
  }

  /** Returns a condition in SQL over those of the dimensions that are named; null where none is. */
  String where(String... dimensions) {
    Set<String> wanted = Set.of(dimensions);
    List<String> conditions = new ArrayList<>();
    add(conditions, wanted, PORTFOLIO, portfolio);
    add(conditions, wanted, SEGMENT, segment);
    add(conditions, wanted, CURRENCY, currency);
    return conditions.isEmpty() ? null : String.join(" AND ", conditions);
  }

  /** Returns the same, and a condition that always holds where there is none. */
  String filter(String... dimensions) {
    String where = where(dimensions);
    return where == null ? "TRUE" : where;
  }

  private static void add(List<String> to, Set<String> wanted, String dimension, String value) {
    if (value != null && wanted.contains(dimension)) {
      to.add(dimension + " = " + literal(value));
    }
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
