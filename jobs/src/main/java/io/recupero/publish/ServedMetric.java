package io.recupero.publish;

import io.recupero.contract.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A figure that charts can show.
 *
 * @param name a KPI's id, or {@code sum_} and the column
 * @param title its name
 * @param about what it means
 * @param formula how it is computed, for readers; null where its name says it
 * @param warning what may not be done with it; null where there is nothing to warn of
 * @param sql an aggregate over the table's columns, for DuckDB and Spark
 * @param unit percent (then the value is a share: 0.25), days, money, points or count
 * @param better higher, lower or neither
 * @param adds everywhere, at_date or nowhere: how values of several groups may be added up
 * @param isOfMoney whether it reads amounts, and so needs one currency
 * @param isOfMonth whether it is of the month up to its date, so that a month that is running has
 *     only a part of it
 */
public record ServedMetric(
    String name,
    Text title,
    Text about,
    String formula,
    Text warning,
    String sql,
    String unit,
    String better,
    Adds adds,
    boolean isOfMoney,
    boolean isOfMonth) {

  /** What a change on the close before is called after its figure. */
  static final String CHANGE = "_change";

  /** What the number of things in a figure's denominator is called after the figure. */
  public static final String ITEMS = "_n";

  /** Returns whether it is the change of a figure on the close before. */
  public boolean isChange() {
    return name.endsWith(CHANGE);
  }

  /**
   * Returns the SQL with a guard: empty where the rows are of several dates or, of money, several
   * currencies, whatever somebody forgot to filter by.
   *
   * @param table the table that the metric is of
   */
  public String guarded(ServedTable table) {
    List<String> alike = new ArrayList<>();
    if (adds != Adds.EVERYWHERE) {
      alike.add(ServedTable.AS_OF);
      if (table.isTrend() && !isChange()) {
        alike.add(ServedTable.CLOSE);
      }
    }
    if (isOfMoney) {
      alike.add("currency");
    }
    String condition =
        alike.stream()
            .filter(column -> table.column(column).isPresent())
            .map(column -> "COALESCE(MIN(%s) = MAX(%s), TRUE)".formatted(column, column))
            .collect(Collectors.joining(" AND "));
    return condition.isEmpty() ? sql : "CASE WHEN " + condition + " THEN " + sql + " END";
  }

  /** How values of several groups may be added up. */
  public enum Adds {
    /** Over everything, dates too. */
    EVERYWHERE,
    /** Over groups of one date. */
    AT_DATE,
    /** Not at all: a ratio, or a quantile. */
    NOWHERE
  }
}
