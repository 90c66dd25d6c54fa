package io.recupero.dashboard;

import io.recupero.config.CarriedFiles;
import io.recupero.contract.Contracts;
import io.recupero.contract.InvalidContractsException;
import io.recupero.contract.Text;
import io.recupero.kpi.Cards;
import io.recupero.mart.AgeingSchemes;
import io.recupero.publish.Labels;
import io.recupero.publish.ServedTables;
import io.recupero.rules.InvalidRulesException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All dashboards with their charts and the tables these read, as the program carries them. */
public final class Dashboards {

  private static final String CHARTS = "superset/charts";
  private static final String DASHBOARDS = "superset/dashboards";

  private final ServedTables tables;
  private final List<Text> buckets;
  private final Map<String, Chart> charts = new LinkedHashMap<>();
  private final List<Dashboard> dashboards = new ArrayList<>();

  private Dashboards(ServedTables tables, List<Text> buckets) {
    this.tables = tables;
    this.buckets = buckets;
  }

  /**
   * Reads and checks all of them.
   *
   * @param asOf the date whose ageing buckets are shown
   * @throws InvalidRulesException with every problem found in any file, each with its line
   * @throws InvalidContractsException where the contracts cannot be read
   */
  public static Dashboards load(LocalDate asOf) {
    return load(asOf, CarriedFiles.texts(CHARTS), CarriedFiles.texts(DASHBOARDS));
  }

  static Dashboards load(
      LocalDate asOf, Map<String, String> chartFiles, Map<String, String> dashboardFiles) {
    Labels labels = Labels.load(AgeingSchemes.load().on(asOf));
    ServedTables tables = ServedTables.load(Contracts.load(), Cards.load(), labels);
    Dashboards all = new Dashboards(tables, labels.buckets());
    List<String> problems = new ArrayList<>();
    ChartReader charts = new ChartReader(tables);
    TreeSet<String> known = new TreeSet<>();
    chartFiles.forEach(
        (path, text) -> {
          known.add(path.replaceAll(".*/|\\.yaml$", ""));
          noting(
              problems,
              () -> {
                Chart chart = charts.read(path, text);
                all.charts.put(chart.id(), chart);
              });
        });
    DashboardReader readers = new DashboardReader(known);
    dashboardFiles.forEach(
        (path, text) -> noting(problems, () -> all.dashboards.add(readers.read(path, text))));
    if (!problems.isEmpty()) {
      throw new InvalidRulesException("superset", problems);
    }
    return all;
  }

  private static void noting(List<String> problems, Runnable reading) {
    try {
      reading.run();
    } catch (InvalidRulesException e) {
      problems.addAll(e.problems());
    }
  }

  ServedTables tables() {
    return tables;
  }

  /** Returns the words for the ageing buckets, in order. */
  List<Text> buckets() {
    return buckets;
  }

  Chart chart(String id) {
    return charts.get(id);
  }

  List<Dashboard> all() {
    return dashboards;
  }
}
