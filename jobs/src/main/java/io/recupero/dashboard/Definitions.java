package io.recupero.dashboard;

import io.recupero.publish.ServedMetric;
import io.recupero.publish.ServedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What readers are told of the figures that they see. */
final class Definitions {

  private final Dashboards dashboards;
  private final String language;
  private final DatasetYaml texts;

  Definitions(Dashboards dashboards, String language) {
    this.dashboards = dashboards;
    this.language = language;
    this.texts = new DatasetYaml(language);
  }

  /** What every figure of a chart means. */
  String of(Chart chart, ServedTable table) {
    List<String> lines = new ArrayList<>();
    for (String name : chart.metrics()) {
      ServedMetric metric = table.metric(name).orElseThrow();
      lines.add("**" + metric.title().in(language) + "**: " + texts.about(metric));
    }
    chart.note().map(note -> note.in(language)).ifPresent(lines::add);
    if (lines.isEmpty()) {
      lines.add(table.about().in(language));
    }
    return String.join("\n\n", lines);
  }

  /** The names of figures; what they mean shows where the pointer rests on one. */
  String of(List<String> charts) {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (String id : charts) {
      Chart chart = dashboards.chart(id);
      ServedTable table = dashboards.tables().find(chart.data()).orElseThrow();
      for (String name : chart.metrics()) {
        ServedMetric metric = table.metric(name).orElseThrow();
        if (!metric.isChange()) {
          meanings.putIfAbsent(metric.title().in(language), texts.about(metric));
        }
      }
    }
    String intro = language.equals("es") ? "Qué es cada cifra: " : "What each figure is: ";
    return intro
        + meanings.entrySet().stream()
            .map(it -> "[%s](#%s)".formatted(it.getKey(), " \"" + plain(it.getValue()) + "\""))
            .collect(Collectors.joining(" · "));
  }

  /**
   * Superset lets no HTML through, but the title of a link, which shows where the pointer rests.
   */
  private static String plain(String text) {
    return text.replace('"', '\u201D').replace("\\", "\\\\");
  }
}
