package io.recupero.publish;

import io.recupero.contract.Text;
import java.util.List;
import java.util.Optional;

/**
 * A table that charts can read; a view of the serving file.
 *
 * @param name what charts call it; in the file it is {@code es.<name>_es} and {@code en.<name>_en}
 * @param title its name for readers
 * @param about what it holds
 * @param columns in order
 * @param metrics the figures that can be computed from it
 * @param isTrend whether a row is of a close up to the as-of date, so that figures are of one date
 *     only where they are grouped by {@code close}
 * @param isForEverybody whether readers of single portfolios may read it though its rows are of
 *     none: nothing in it tells of a portfolio or a customer
 * @param stored the small table that it reads, where there is one
 * @param sql its SELECT, in the words of each language
 */
public record ServedTable(
    String name,
    Text title,
    Text about,
    List<ServedColumn> columns,
    List<ServedMetric> metrics,
    boolean isTrend,
    boolean isForEverybody,
    Optional<Stored> stored,
    Text sql) {

  /** The column that the as-of filter chooses by. */
  public static final String AS_OF = "as_of";

  /** The column of a trend's dates. */
  public static final String CLOSE = "close";

  /** The column with what a trend's dates are called, in the order of the dates. */
  public static final String CLOSE_LABEL = "close_label";

  /** The column that counts a trend's closed months back; empty of a month that is running. */
  public static final String CLOSED_BACK = "closed_back";

  /** The column that counts a trend's closes, from the as-of date back. */
  public static final String STEPS_BACK = "steps_back";

  /** Returns the name of the view in a language; no two may share one in Superset. */
  public String view(String language) {
    return name + "_" + language;
  }

  /** Returns the column of this name, if there is one. */
  public Optional<ServedColumn> column(String column) {
    return columns.stream().filter(it -> it.name().equals(column)).findFirst();
  }

  /** Returns the metric of this name, if there is one. */
  public Optional<ServedMetric> metric(String metric) {
    return metrics.stream().filter(it -> it.name().equals(metric)).findFirst();
  }

  /** Returns whether its rows are of portfolios, so that a reader may be limited to some. */
  public boolean isByPortfolio() {
    return column("portfolio_id").isPresent();
  }
}
