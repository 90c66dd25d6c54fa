package io.recupero.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Shared;
import io.recupero.kpi.KpiRow;
import io.recupero.report.ReportedFigures;
import io.recupero.sample.Generator;
import io.recupero.sample.GeneratorSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The product's own path, from files to figures, against the second opinion: every figure that both
 * have, by every dimension, to the cent.
 *
 * <p>The usual form takes a small history full of awkward cases. The long form ({@code mvn test
 * -Dtest=SecondOpinionTest -Dcampaign=true}) adds all of data-samples/raw with its faulty records,
 * and further small histories.
 */
class SecondOpinionTest {

  private static final String SANTIAGO = "America/Santiago";

  /**
   * The days of a month that are none's end, a leap day that is, and the last one, in mid-month.
   */
  private static final List<LocalDate> DATES =
      dates("2024-02-29,2024-03-01,2024-03-02,2024-05-31,2024-07-15");

  private static final List<LocalDate> MORE_DATES =
      dates(
          "2023-09-17,2023-10-15,2023-12-30,2023-12-31,2024-01-01,2024-02-28,2024-02-29,"
              + "2024-03-01,2024-03-31,2024-05-02,2024-06-30,2024-07-15");

  @TempDir Path folder;

  @Test
  void aSmallHistoryFullOfAwkwardCases() throws Exception {
    compareGenerated(400, 30, 7, DATES);
  }

  @EnabledIfSystemProperty(named = "campaign", matches = ".*")
  @ParameterizedTest
  @CsvSource({"400, 12, 1", "600, 60, 2", "800, 20, 3", "500, 100, 4"})
  void otherSmallHistories(long invoices, long customers, long seed) throws Exception {
    compareGenerated(invoices, customers, seed, MORE_DATES);
  }

  @EnabledIfSystemProperty(named = "campaign", matches = ".*")
  @Test
  void dataSamplesWithTheirFaultyRecords() throws Exception {
    List<LocalDate> dates = dates("2024-07-31,2025-02-28,2025-03-01,2025-12-30,2026-03-31");
    Path input = Path.of("data-samples/raw");
    ProductLake product = run(LocalDate.parse("2026-03-31"), Map.of("input", input.toString()));
    try (Oracle oracle = Oracle.open(input, ZoneId.of(SANTIAGO))) {
      compareEveryWay(product, oracle, dates);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ibm-ar, USD, 2014-01-31, '2012-03-31,2013-02-28,2013-03-01,2013-12-31'",
    "classicmodels, USD, 2005-06-30, '2003-06-30,2004-02-29,2004-12-31,2005-01-01,2005-05-31'"
  })
  void realData(String name, String currency, LocalDate asOf, String dates) throws Exception {
    Path mapping = Path.of("schemas/mappings", name + ".yaml");
    ProductLake product =
        run(
            asOf,
            Map.of(
                "source", mapping.toString(),
                "input", Shared.folder("data/" + name).toString()));
    List<LocalDate> days = dates(dates);
    try (Oracle oracle =
        Oracle.open(product.canonical(folder.resolve("canonical")), ZoneId.of(SANTIAGO))) {
      List<String> differences = differences(product, oracle, days, List.of(List.of()), currency);
      differences.addAll(
          differences(product, oracle, days, List.of(List.of("country", "currency")), null));
      assertThat(differences).isEmpty();
    }
  }

  private void compareGenerated(long invoices, long customers, long seed, List<LocalDate> dates)
      throws Exception {
    Path input = folder.resolve("input");
    GeneratorSettings settings =
        new GeneratorSettings(
            invoices,
            customers,
            12,
            LocalDate.parse("2023-08-01"),
            seed,
            0.5,
            0,
            false,
            false,
            GeneratorSettings.Format.CSV,
            input.toString());
    Generator.generate(settings);
    LocalDate asOf = dates.get(dates.size() - 1);
    ProductLake product = run(asOf, Map.of("input", input.toString()));
    ReportedFigures.check(product.released(), asOf);
    try (Oracle oracle = Oracle.open(input, ZoneId.of(SANTIAGO))) {
      List<LocalDate> all = new ArrayList<>(dates);
      all.addAll(aroundADueDate(input, asOf));
      compareEveryWay(product, oracle, all);
    }
  }

  /** The due date of some invoice, the next day, and the day on which it is 31 days late. */
  private static List<LocalDate> aroundADueDate(Path input, LocalDate asOf) throws IOException {
    LocalDate due =
        GoldenAnswers.read(input.resolve("invoices.csv")).stream()
            .map(invoice -> LocalDate.parse(invoice.get("due_date")))
            .filter(day -> day.plusDays(31).isBefore(asOf))
            .max(LocalDate::compareTo)
            .orElseThrow();
    return List.of(due, due.plusDays(1), due.plusDays(31));
  }

  private static List<LocalDate> dates(String list) {
    return Stream.of(list.split(",")).map(LocalDate::parse).toList();
  }

  private ProductLake run(LocalDate asOf, Map<String, String> options) {
    return ProductLake.run(folder.resolve("lake"), SANTIAGO, asOf, options);
  }

  private static void compareEveryWay(ProductLake product, Oracle oracle, List<LocalDate> dates)
      throws Exception {
    List<String> differences = differences(product, oracle, dates, List.of(List.of()), "CLP");
    differences.addAll(
        differences(
            product,
            oracle,
            dates,
            List.of(
                List.of("currency"),
                List.of("segment", "currency"),
                List.of("portfolio_id", "debt_type", "currency"),
                List.of("country", "region", "company_size", "industry", "currency"),
                List.of("cohort", "currency")),
            null));
    assertThat(differences).isEmpty();
  }

  /** Compares by several lists of dimensions; the oracle sees each date once for all of them. */
  private static List<String> differences(
      ProductLake product, Oracle oracle, List<LocalDate> dates, List<List<String>> cuts, String to)
      throws Exception {
    Map<List<String>, List<OracleRow>> opinions = new LinkedHashMap<>();
    for (LocalDate day : dates) {
      for (List<String> by : cuts) {
        opinions
            .computeIfAbsent(by, c -> new ArrayList<>())
            .addAll(oracle.kpi(List.of(), List.of(day), by, to, null));
      }
    }
    List<String> differences = new ArrayList<>();
    for (List<String> by : cuts) {
      differences.addAll(differences(product, opinions.get(by), dates, by, to));
    }
    return differences;
  }

  /** Both ways: a row that one of them lacks must say nothing in the other. */
  private static List<String> differences(
      ProductLake product,
      List<OracleRow> rows,
      List<LocalDate> dates,
      List<String> by,
      String to) {
    Map<List<Object>, OracleRow> opinions = new HashMap<>();
    Set<String> ids = new TreeSet<>();
    for (OracleRow row : rows) {
      opinions.put(key(row.kpi(), row.asOf(), row.dimensions()), row);
      ids.add(row.kpi());
    }
    ids.retainAll(product.ids());
    opinions.values().removeIf(row -> !ids.contains(row.kpi()));
    List<String> differences = new ArrayList<>();
    for (KpiRow row : product.kpi(ids, dates, by, to)) {
      OracleRow opinion = opinions.remove(key(row.kpi(), row.asOf(), row.dimensions()));
      if (!agrees(row, opinion)) {
        differences.add("%s: %s, second opinion %s".formatted(by, row, opinion));
      }
    }
    opinions.values().stream()
        .filter(row -> !row.blank())
        .forEach(row -> differences.add("%s: missing %s".formatted(by, row)));
    return differences;
  }

  private static List<Object> key(String kpi, LocalDate asOf, List<String> dimensions) {
    return List.of(kpi, asOf, new ArrayList<>(dimensions));
  }

  private static boolean agrees(KpiRow row, OracleRow opinion) {
    if (opinion == null) {
      return row.value() == null && zero(row.numerator()) && zero(row.denominator());
    }
    return (opinion.value() == null ? row.value() == null : near(opinion.value(), row.exactValue()))
        && unlessSilent(opinion.numerator(), row.numerator())
        && unlessSilent(opinion.denominator(), row.denominator())
        && (opinion.items() == null || opinion.items().equals(row.items()));
  }

  private static boolean zero(BigDecimal number) {
    return number == null || number.signum() == 0;
  }

  private static boolean unlessSilent(Double opinion, BigDecimal was) {
    return opinion == null || near(opinion, was) || (opinion == 0 && was == null);
  }

  private static boolean near(double opinion, BigDecimal was) {
    return was != null
        && Math.abs(was.doubleValue() - opinion) <= 1e-9 * Math.max(1, Math.abs(opinion));
  }
}
