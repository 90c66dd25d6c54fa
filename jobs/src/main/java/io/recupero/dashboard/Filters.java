package io.recupero.dashboard;

import io.recupero.publish.ServedTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The filters of a dashboard, as Superset says them. */
final class Filters {

  /** The table that offers what can be filtered by; its rows are of portfolios as all others. */
  static final String TABLE = "slices";

  /** The currency in which most is open, counted in invoices, comes first. */
  private static final String MOST = "sum_open_count";

  /** The latest closed month, then one that is running. */
  private static final String CLOSED_FIRST = "closed_first";

  private final ServedTable table;
  private final String language;

  Filters(ServedTable table, String language) {
    this.table = table;
    this.language = language;
  }

  /**
   * Returns the filters.
   *
   * @param dashboard says what they filter by, in order
   * @param charts the numbers of all charts
   * @param allCurrencies the numbers of those that the currency filter leaves alone
   */
  List<Map<String, Object>> of(
      Dashboard dashboard, List<Integer> charts, List<Integer> allCurrencies) {
    return dashboard.filters().stream()
        .map(
            column ->
                filter(
                    column,
                    sortMetric(column, dashboard),
                    charts,
                    column.equals("currency") ? allCurrencies : List.of()))
        .toList();
  }

  private static Optional<String> sortMetric(String column, Dashboard dashboard) {
    if (column.equals("currency")) {
      return Optional.of(MOST);
    }
    return Optional.of(CLOSED_FIRST).filter(it -> column.equals("as_of") && dashboard.isOfMonths());
  }

  private Map<String, Object> filter(
      String column, Optional<String> sortMetric, List<Integer> charts, List<Integer> excluded) {
    boolean required = DashboardReader.REQUIRED.contains(column);
    Map<String, Object> control = new LinkedHashMap<>();
    control.put("enableEmptyFilter", required);
    control.put("defaultToFirstItem", required);
    control.put("multiSelect", !required);
    control.put("searchAllOptions", false);
    control.put("inverseSelection", false);
    control.put("sortAscending", !required);
    sortMetric.ifPresent(metric -> control.put("sortMetric", metric));
    Map<String, Object> filter = new LinkedHashMap<>();
    filter.put("id", "NATIVE_FILTER-" + column);
    filter.put("type", "NATIVE_FILTER");
    filter.put("name", table.column(column).orElseThrow().title().in(language));
    filter.put("filterType", "filter_select");
    filter.put(
        "targets",
        List.of(
            Map.of(
                "datasetUuid",
                DatasetYaml.uuid(table, language),
                "column",
                Map.of("name", column))));
    filter.put(
        "defaultDataMask",
        Map.of("extraFormData", Map.of(), "filterState", Map.of(), "ownState", Map.of()));
    filter.put("controlValues", control);
    if (required) {
      // Charts wait until the first one is chosen: without it they would be drawn of everything.
      filter.put("requiredFirst", true);
    }
    filter.put("cascadeParentIds", List.of());
    filter.put("description", about(column));
    filter.put("scope", Map.of("rootPath", List.of("ROOT_ID"), "excluded", excluded));
    filter.put("chartsInScope", charts.stream().filter(it -> !excluded.contains(it)).toList());
    filter.put("tabsInScope", List.of());
    sortMetric.ifPresent(metric -> filter.put("sortMetric", metric));
    return filter;
  }

  private String about(String column) {
    boolean es = language.equals("es");
    return switch (column) {
      case "as_of" ->
          es
              ? "El día al que se calculan las cifras; las tendencias terminan en él."
              : "The day that figures are computed to; trends end on it.";
      case "currency" ->
          es
              ? "Siempre una: montos de varias monedas nunca se suman."
              : "Always one: amounts of several currencies are never added up.";
      default -> "";
    };
  }
}
