package io.recupero.kpi;

import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a question.
 *
 * @param query the question
 * @param rows the figures: by KPI as asked, then date, then group
 * @param rates the exchange rates that were at hand for the conversion asked for
 */
public record KpiResult(KpiQuery query, List<KpiRow> rows, List<Rate> rates) {

  /** Returns the columns as they are printed: an interface that other programs rely on. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("kpi", "as_of"));
    columns.addAll(query.by());
    columns.addAll(List.of("value", "numerator", "denominator", "items"));
    return columns;
  }

  /**
   * Returns the figures under {@link #columns}: text, date, exact decimals, a whole number, null.
   */
  public List<List<Object>> cells() {
    return rows.stream().map(KpiResult::cells).toList();
  }

  private static List<Object> cells(KpiRow row) {
    List<Object> cells = new ArrayList<>(List.of(row.kpi(), row.asOf()));
    cells.addAll(row.dimensions());
    cells.add(row.exactValue());
    cells.add(row.numerator());
    cells.add(row.denominator());
    cells.add(row.items());
    return cells;
  }
}
