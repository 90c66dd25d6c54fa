package io.recupero.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.recupero.rules.InvalidRulesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class DashboardsTest {

  private static final LocalDate DAY = LocalDate.parse("2026-03-31");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          data: balance, metrics: [delinquncy_index], x: segment | 4: balance has no metric delinquncy_index. Did you mean delinquency_index?
          data: balance, metrics: [recovery_rate], x: segment | 4: balance has no metric recovery_rate. It is in flow and flow_trend.
          data: balanc, metrics: [par_30], x: segment | 3: c: data is balanc. Did you mean balance?
          data: balance, metrics: [par_30], x: segmnt | 5: balance has no column segmnt. Did you mean segment?
          data: balance_trend, metrics: [par_30], x: segment | 3: balance_trend has a row for each close, which may not be added up.
          data: contact, metrics: [sum_cost_amount], x: channel_label, all_currencies: true | 4: sum_cost_amount is money
          """)
  void aChartThatCannotBeRightIsToldWithItsLine(String chart, String problem) {
    String yaml =
        "title: {es: C, en: C}\nviz: bar\n"
            + String.join("\n", chart.split(", (?=[a-z_]+:)"))
            + "\n";
    assertThat(problems(Map.of("superset/charts/c.yaml", yaml), Map.of()))
        .anyMatch(it -> it.startsWith("superset/charts/c.yaml:" + problem));
  }

  @ParameterizedTest
  @CsvSource({"stacked", "area", "pie"})
  void aRatioIsNeverAddedUp(String viz) {
    String yaml =
        "title: {es: C, en: C}\nviz: %s\ndata: balance\nmetrics: [par_30]\nx: segment\nby: [country]\n"
            .formatted(viz);
    assertThat(problems(Map.of("superset/charts/c.yaml", yaml), Map.of()))
        .anyMatch(it -> it.startsWith("superset/charts/c.yaml:4: par_30 may not be added up"));
  }

  @Test
  void aDashboardNeedsItsDateItsCurrencyAndItsCharts() {
    String yaml =
        """
        title: {es: D, en: D}
        about: {es: D, en: D}
        filters: [as_of]
        rows:
          - height: 200
            places:
              - {chart: nothing, width: 13}
        """;
    assertThat(problems(Map.of(), Map.of("superset/dashboards/d.yaml", yaml)))
        .anyMatch(it -> it.startsWith("superset/dashboards/d.yaml:3: d has no filter currency"))
        .anyMatch(it -> it.startsWith("superset/dashboards/d.yaml:7: there is no chart nothing."))
        .anyMatch(it -> it.contains("the widths of the row add up to 13"));
  }

  @Test
  void everyDashboardIsExportedInBothLanguagesAndTheSameTwice() throws IOException {
    Dashboards dashboards = Dashboards.load(DAY);
    new Assets(dashboards, "duckdb:////lake/serving/recupero.duckdb", Map.of()).write(folder);
    Map<String, String> first = texts();
    assertThat(first.keySet().stream().filter(name -> name.startsWith("dashboards/")))
        .hasSize(12)
        .contains("dashboards/overview_es.yaml", "dashboards/segments_en.yaml");
    new Assets(dashboards, "duckdb:////lake/serving/recupero.duckdb", Map.of()).write(folder);
    assertThat(texts()).isEqualTo(first);
  }

  @Test
  void everyReferenceInTheExportIsToSomethingInIt() throws IOException {
    new Assets(Dashboards.load(DAY), "duckdb:////lake/serving/recupero.duckdb", Map.of())
        .write(folder);
    Set<Object> uuids = new HashSet<>();
    List<Object> referred = new ArrayList<>();
    texts()
        .forEach(
            (name, text) -> {
              Map<String, Object> yaml = new Yaml().load(text);
              if (yaml.containsKey("uuid")) {
                assertThat(uuids.add(yaml.get("uuid"))).as(name).isTrue();
              }
              references(yaml, referred);
            });
    assertThat(referred).isNotEmpty().allMatch(uuids::contains);
  }

  @Test
  void noChartHasAnAxisOfTimeBecauseAMonthEndWouldStandUnderTheNextMonth() throws IOException {
    new Assets(Dashboards.load(DAY), "duckdb:////lake/serving/recupero.duckdb", Map.of())
        .write(folder);
    int closes = 0;
    for (Map<String, Object> form : forms("echarts_timeseries")) {
      assertThat(form.get("x_axis")).isNotEqualTo("close");
      if (form.get("x_axis").equals("close_label")) {
        closes++;
        assertThat(form).containsEntry("xAxisForceCategorical", true);
        assertThat(form).containsEntry("x_axis_sort", "close_label");
      }
    }
    assertThat(closes).isGreaterThan(20);
  }

  @Test
  @SuppressWarnings("unchecked")
  void noFigureOfSomeDaysOrOfAFewIsShownAsOneOfAMonthOrOfAll() throws IOException {
    new Assets(Dashboards.load(DAY), "duckdb:////lake/serving/recupero.duckdb", Map.of())
        .write(folder);
    // A tile of a month is of the latest closed one; every tile says of when it is.
    assertThat(form("overview_recovery").get("adhoc_filters").toString()).contains("closed_back");
    assertThat(form("recovery_cei").get("adhoc_filters").toString()).contains("closed_back");
    // Amounts of the days so far are amounts.
    assertThat(form("recovery_by_month").get("adhoc_filters").toString())
        .doesNotContain("closed_back");
    assertThat(form("overview_index").get("adhoc_filters").toString())
        .doesNotContain("closed_back");
    assertThat(forms("big_number"))
        .filteredOn(it -> it.get("viz_type").equals("big_number"))
        .isNotEmpty()
        .allMatch(it -> Boolean.TRUE.equals(it.get("show_timestamp")));
    // Pages of months open at the latest closed one.
    assertThat(yaml("dashboards/collections").toString()).contains("sortMetric=closed_first");
    assertThat(yaml("dashboards/overview").toString()).doesNotContain("closed_first");
    // A share ends at 100 %, a number of days does not.
    assertThat((List<Object>) form("recovery_cei").get("y_axis_bounds")).containsExactly(null, 1);
    assertThat((List<Object>) form("recovery_dso").get("y_axis_bounds"))
        .containsExactly(null, null);
    // Staying current is much, and not alarming.
    assertThat(forms("heatmap"))
        .allMatch(it -> it.get("linear_color_scheme").equals("schemeBlues"));
    // Of a few the rate is grey, beside how many they are.
    Map<String, Object> cure = form("segments_cure");
    assertThat((List<Object>) cure.get("metrics"))
        .containsExactly("cure_rate", "cure_rate_n", "redefault_rate", "redefault_rate_n");
    assertThat((List<Map<String, Object>>) cure.get("conditional_formatting"))
        .filteredOn(it -> it.get("columnFormatting").equals("cure_rate"))
        .isNotEmpty()
        .allMatch(it -> it.get("column").equals("cure_rate_n") && it.get("targetValue").equals(5));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> form(String chart) throws IOException {
    return (Map<String, Object>) yaml("charts/" + chart).get("params");
  }

  private Map<String, Object> yaml(String name) throws IOException {
    return new Yaml().load(texts().get(name + "_es.yaml"));
  }

  /** What Superset is told of the charts that are drawn so. */
  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> forms(String viz) throws IOException {
    List<Map<String, Object>> forms = new ArrayList<>();
    texts()
        .forEach(
            (name, text) -> {
              if (name.startsWith("charts/")) {
                Map<String, Object> yaml = new Yaml().load(text);
                if (((String) yaml.get("viz_type")).startsWith(viz)) {
                  forms.add((Map<String, Object>) yaml.get("params"));
                }
              }
            });
    return forms;
  }

  private static void references(Object yaml, List<Object> found) {
    if (yaml instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (List.of("dataset_uuid", "database_uuid", "datasetUuid").contains(key)
                || key.equals("uuid") && map.containsKey("chartId")) {
              found.add(value);
            }
            references(value, found);
          });
    } else if (yaml instanceof List<?> list) {
      list.forEach(it -> references(it, found));
    }
  }

  private Map<String, String> texts() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private static List<String> problems(Map<String, String> charts, Map<String, String> dashboards) {
    InvalidRulesException refused =
        catchThrowableOfType(
            InvalidRulesException.class, () -> Dashboards.load(DAY, charts, dashboards));
    return refused.problems();
  }
}
