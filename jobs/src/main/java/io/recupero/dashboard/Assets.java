package io.recupero.dashboard;

import io.recupero.contract.Text;
import io.recupero.publish.ServedTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The folder of assets that a Superset takes in: a database, datasets, charts and dashboards, in
 * both languages.
 */
public final class Assets {

  /** The database's name in Superset. */
  public static final String DATABASE = "Recupero";

  /**
   * Less air than Superset leaves, so that more is seen at once; words in small tiles fit. The
   * heads of a pivot's rows are columns' names in no language: what stands below them tells enough.
   */
  private static final String CSS =
      """
      .superset-legacy-chart-big-number .kicker { font-size: 12px !important; height: auto !important; }
      .header-title { font-size: 14px !important; line-height: 1.25; }
      .dashboard-markdown .dashboard-component-chart-holder { padding: 6px 16px !important; }
      [data-test="applied-filter-count"] { display: none; }
      .dashboard-markdown p { margin: 0; }
      [data-test-viz-type^="big_number"] .ant-empty-image { display: none; }
      [data-test-viz-type="big_number"] .kicker { font-size: 11px !important; height: 16px !important; }
      .pvtTable thead tr:last-child th.pvtAxisLabel { font-size: 0; }
      .dashboard-markdown a { color: inherit; cursor: help; text-decoration: underline dotted; }
      """;

  /** Buckets go from calm to alarming, exits are told apart from them. */
  private static final List<String> BUCKET_COLOURS =
      List.of("#5AA469", "#F4D35E", "#F5A65B", "#EE7B4B", "#D94F3D", "#9B2226");

  private static final List<String> LANGUAGES = List.of("es", "en");

  private final Dashboards dashboards;
  private final String databaseUri;
  private final Map<String, Object> databaseExtra;
  private final List<String> ordered;

  /**
   * Prepares the folder.
   *
   * @param databaseUri where Superset finds the figures, as SQLAlchemy writes it
   * @param databaseExtra further settings of the connection
   */
  public Assets(Dashboards dashboards, String databaseUri, Map<String, Object> databaseExtra) {
    this.dashboards = dashboards;
    this.databaseUri = databaseUri;
    this.databaseExtra = databaseExtra;
    this.ordered =
        List.copyOf(
            dashboards.all().stream()
                .flatMap(dashboard -> dashboard.charts().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Returns the names of the datasets, in both languages: what an analyst must be granted. */
  public List<String> datasets() {
    return tables().stream().flatMap(table -> LANGUAGES.stream().map(table::view)).toList();
  }

  /**
   * Writes the folder anew; what was in it of an earlier export is deleted.
   *
   * @throws IllegalStateException where the folder holds anything that is no export
   */
  public void write(Path folder) {
    AssetFolder files = AssetFolder.anew(folder);
    files.put("databases/" + DATABASE + ".yaml", database());
    for (String language : LANGUAGES) {
      DatasetYaml datasets = new DatasetYaml(language);
      for (ServedTable table : tables()) {
        files.put(
            "datasets/" + DATABASE + "/" + table.view(language) + ".yaml",
            datasets.of(table, databaseUuid()));
      }
      for (String chart : ordered) {
        files.put("charts/" + chart + "_" + language + ".yaml", chart(chart, language));
      }
      for (Dashboard dashboard : dashboards.all()) {
        files.put(
            "dashboards/" + dashboard.id() + "_" + language + ".yaml",
            dashboard(dashboard, language));
      }
    }
  }

  /** Only what a chart reads, and what offers the filters. */
  private List<ServedTable> tables() {
    TreeSet<String> names = new TreeSet<>(List.of(Filters.TABLE));
    ordered.forEach(id -> names.add(dashboards.chart(id).data()));
    return names.stream().map(name -> dashboards.tables().find(name).orElseThrow()).toList();
  }

  private static String databaseUuid() {
    return Ids.uuid("database", DATABASE);
  }

  private Map<String, Object> database() {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("database_name", DATABASE);
    yaml.put("sqlalchemy_uri", databaseUri);
    yaml.put("cache_timeout", null);
    yaml.put("expose_in_sqllab", true);
    yaml.put("allow_run_async", false);
    yaml.put("allow_ctas", false);
    yaml.put("allow_cvas", false);
    yaml.put("allow_dml", false);
    yaml.put("allow_file_upload", false);
    yaml.put("extra", databaseExtra);
    yaml.put("uuid", databaseUuid());
    yaml.put("version", "1.0.0");
    return yaml;
  }

  private Map<String, Object> chart(String id, String language) {
    Chart chart = dashboards.chart(id);
    ServedTable table = dashboards.tables().find(chart.data()).orElseThrow();
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("slice_name", chart.title().in(language));
    yaml.put("description", new Definitions(dashboards, language).of(chart, table));
    yaml.put("certified_by", null);
    yaml.put("certification_details", null);
    yaml.put("viz_type", chart.viz().superset());
    yaml.put("params", FormData.of(chart, table, language));
    yaml.put("query_context", null);
    yaml.put("cache_timeout", null);
    yaml.put("uuid", chartUuid(id, language));
    yaml.put("version", "1.0.0");
    yaml.put("dataset_uuid", DatasetYaml.uuid(table, language));
    return yaml;
  }

  private static String chartUuid(String id, String language) {
    return Ids.uuid("chart", id + "_" + language);
  }

  private Map<String, Object> dashboard(Dashboard dashboard, String language) {
    List<Integer> numbers = dashboard.charts().stream().map(this::number).toList();
    List<Integer> allCurrencies =
        dashboard.charts().stream()
            .filter(id -> dashboards.chart(id).allCurrencies())
            .map(this::number)
            .toList();
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put(
        "native_filter_configuration",
        new Filters(dashboards.tables().find(Filters.TABLE).orElseThrow(), language)
            .of(dashboard, numbers, allCurrencies));
    metadata.put("cross_filters_enabled", true);
    metadata.put("filter_bar_orientation", "HORIZONTAL");
    metadata.put("color_scheme", "supersetColors");
    metadata.put("label_colors", bucketColours(language));
    metadata.put("shared_label_colors", List.of());
    metadata.put("color_scheme_domain", List.of());
    metadata.put("refresh_frequency", 0);
    metadata.put("expanded_slices", Map.of());
    metadata.put("timed_refresh_immune_slices", List.of());
    metadata.put("default_filters", "{}");
    metadata.put("chart_configuration", Map.of());
    metadata.put(
        "global_chart_configuration",
        Map.of(
            "scope",
            Map.of("rootPath", List.of("ROOT_ID"), "excluded", List.of()),
            "chartsInScope",
            numbers));
    Text title = dashboard.title();
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("dashboard_title", title.in(language));
    yaml.put("description", dashboard.about().in(language));
    yaml.put("css", CSS);
    yaml.put("slug", dashboard.id() + "-" + language);
    yaml.put("certified_by", "");
    yaml.put("certification_details", "");
    yaml.put("published", true);
    yaml.put("uuid", Ids.uuid("dashboard", dashboard.id() + "_" + language));
    yaml.put("position", Layout.of(dashboard, language, ids(language)));
    yaml.put("metadata", metadata);
    yaml.put("version", "1.0.0");
    return yaml;
  }

  private Map<String, String> bucketColours(String language) {
    Map<String, String> colours = new LinkedHashMap<>();
    List<Text> buckets = dashboards.buckets();
    for (int i = 0; i < buckets.size(); i++) {
      // Of fewer or more buckets than colours the last is still the most alarming.
      int colour =
          Math.round(i * (BUCKET_COLOURS.size() - 1) / (float) Math.max(1, buckets.size() - 1));
      colours.put(buckets.get(i).in(language), BUCKET_COLOURS.get(colour));
    }
    return colours;
  }

  private int number(String chart) {
    return 1 + ordered.indexOf(chart);
  }

  private Layout.ChartIds ids(String language) {
    return new Layout.ChartIds() {
      @Override
      public int number(String chart) {
        return Assets.this.number(chart);
      }

      @Override
      public String uuid(String chart) {
        return chartUuid(chart, language);
      }

      @Override
      public String title(String chart) {
        return dashboards.chart(chart).title().in(language);
      }

      @Override
      public String definitions(List<String> charts) {
        return new Definitions(dashboards, language).of(charts);
      }
    };
  }
}
