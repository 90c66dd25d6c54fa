package io.recupero.dashboard;

import io.recupero.contract.Text;
import java.util.List;
import java.util.Optional;

/**
 * A dashboard, as a file of superset/dashboards says it.
 *
 * @param id its file's name, and its address in Superset with the language after it
 * @param title its title
 * @param about what it answers
 * @param filters columns that it can be filtered by, in order
 * @param isOfMonths whether its figures are of months, so that it opens at the latest closed one
 * @param tabs its tabs; one without a title where it has none
 */
record Dashboard(
    String id, Text title, Text about, List<String> filters, boolean isOfMonths, List<Tab> tabs) {

  /** Part of a dashboard; drawn when it is opened. */
  record Tab(Optional<Text> title, List<Row> rows) {}

  /**
   * Things beside each other.
   *
   * @param height in pixels
   */
  record Row(int height, List<Place> places) {}

  /**
   * A chart or a text.
   *
   * @param chart the chart's id; empty: a text
   * @param text Markdown
   * @param width in twelfths of the page
   */
  record Place(Optional<String> chart, Optional<Text> text, int width) {}

  /** Returns the ids of its charts, in order. */
  List<String> charts() {
    return tabs.stream()
        .flatMap(tab -> tab.rows().stream())
        .flatMap(row -> row.places().stream())
        .flatMap(place -> place.chart().stream())
        .toList();
  }
}
