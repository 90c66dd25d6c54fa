package io.recupero.kpi;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/**
 * A question: which figures, at which dates, of what.
 *
 * @param ids the KPIs, in the order wanted; none: all that have the dimensions asked for
 * @param asOf the dates; kept in order and each once
 * @param by the dimensions to group by, in the order wanted
 * @param to the currency to convert amounts to, or null
 * @param where a condition in SQL over dimensions, or null
 */
public record KpiQuery(
    List<String> ids, List<LocalDate> asOf, List<String> by, String to, String where) {

  /** Keeps copies, so that a question does not change after it was asked. */
  public KpiQuery {
    ids = List.copyOf(ids);
    asOf = List.copyOf(new TreeSet<>(asOf));
    by = List.copyOf(by);
    to = to == null || to.isBlank() ? null : to.strip();
    where = where == null || where.isBlank() ? null : where;
  }
}
