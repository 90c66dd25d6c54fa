package io.recupero.dashboard;

import io.recupero.contract.Text;
import io.recupero.publish.ServedColumn;
import io.recupero.publish.ServedColumn.Role;
import io.recupero.publish.ServedMetric;
import io.recupero.publish.ServedTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A served table as a dataset of Superset. */
final class DatasetYaml {

  private final String language;

  DatasetYaml(String language) {
    this.language = language;
  }

  static String uuid(ServedTable table, String language) {
    return Ids.uuid("dataset", table.view(language));
  }

  Map<String, Object> of(ServedTable table, String databaseUuid) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("table_name", table.view(language));
    yaml.put(
        "main_dttm_col", table.column(ServedTable.CLOSE).isPresent() ? ServedTable.CLOSE : null);
    yaml.put("description", table.about().in(language));
    yaml.put("default_endpoint", null);
    yaml.put("offset", 0);
    yaml.put("cache_timeout", null);
    yaml.put("catalog", null);
    yaml.put("schema", language);
    yaml.put("sql", null);
    yaml.put("params", null);
    yaml.put("template_params", null);
    yaml.put("filter_select_enabled", true);
    yaml.put("fetch_values_predicate", null);
    yaml.put("extra", table.isForEverybody() ? Map.of("recupero_rows", "everybody") : null);
    yaml.put("normalize_columns", false);
    yaml.put("always_filter_main_dttm", false);
    yaml.put("uuid", uuid(table, language));
    yaml.put("metrics", table.metrics().stream().map(it -> metric(it, table)).toList());
    yaml.put("columns", table.columns().stream().map(this::column).toList());
    yaml.put("version", "1.0.0");
    yaml.put("database_uuid", databaseUuid);
    return yaml;
  }

  private Map<String, Object> metric(ServedMetric metric, ServedTable table) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("metric_name", metric.name());
    yaml.put("verbose_name", metric.title().in(language));
    yaml.put("metric_type", null);
    yaml.put("expression", metric.guarded(table));
    yaml.put("description", about(metric));
    yaml.put("d3format", Formats.of(metric));
    yaml.put("currency", null);
    yaml.put("extra", null);
    Text warning = metric.warning();
    yaml.put("warning_text", warning == null ? null : warning.in(language));
    return yaml;
  }

  /** What a reader is told of a figure: what it means, then how it is computed. */
  String about(ServedMetric metric) {
    String about = metric.about().in(language);
    return metric.formula() == null
        ? about
        : about + (language.equals("es") ? " Fórmula: " : " Formula: ") + metric.formula();
  }

  private Map<String, Object> column(ServedColumn column) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    boolean groups = List.of(Role.AS_OF, Role.DATE, Role.DIMENSION).contains(column.role());
    yaml.put("column_name", column.name());
    yaml.put("verbose_name", column.title().in(language));
    yaml.put("is_dttm", column.role() == Role.DATE);
    yaml.put("is_active", true);
    yaml.put("type", column.type());
    yaml.put("advanced_data_type", null);
    yaml.put("groupby", groups);
    yaml.put("filterable", groups);
    yaml.put("expression", null);
    yaml.put("description", column.about().in(language));
    yaml.put("python_date_format", null);
    yaml.put("extra", null);
    return yaml;
  }
}
