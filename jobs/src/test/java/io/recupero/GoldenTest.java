package io.recupero;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.Kpis;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartShape;
import io.recupero.ledger.PlainSilver;
import io.recupero.ledger.SilverFrames;
import io.recupero.mart.AgeingSchemes;
import io.recupero.mart.MartInputs;
import io.recupero.mart.Marts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every published answer of the worked examples, for every KPI that has a card. */
class GoldenTest {

  private static final Map<Path, MartReader> MARTS = new LinkedHashMap<>();

  @DisplayName("the larger worked example")
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "expected_total.csv, '', USD, 2025-02-28",
    "expected_currency.csv, currency, , 2025-02-28",
    "expected_segment.csv, 'segment,currency', , 2025-02-28",
    "expected_portfolio.csv, 'portfolio_id,country,currency', , 2025-02-28",
    "expected_cohort.csv, 'cohort,currency', , 2025-02-28"
  })
  void larger(String file, String by, String to, LocalDate horizon) {
    Path golden = Shared.folder("golden").resolve("larger");
    List<Map<String, String>> expected = rows(golden.resolve(file));
    check(golden.resolve("input"), horizon, expected, by, to);
  }

  @DisplayName("the smaller worked example")
  @ParameterizedTest(name = "{0}")
  @CsvSource({"total, '', CLP", "currency, currency, ", "segment, segment, CLP"})
  void smaller(String cut, String by, String to) {
    Path golden = Shared.folder("golden");
    List<Map<String, String>> expected =
        rows(golden.resolve("expected.csv")).stream()
            .filter(row -> cut.equals(row.get("cut")))
            .toList();
    check(golden.resolve("input"), LocalDate.parse("2024-03-31"), expected, by, to);
  }

  private static void check(
      Path input, LocalDate horizon, List<Map<String, String>> expected, String by, String to) {
    Cards cards = Cards.load();
    List<String> dimensions = by.isEmpty() ? List.of() : List.of(by.split(","));
    List<Map<String, String>> covered =
        expected.stream().filter(row -> cards.find(row.get("kpi")).isPresent()).toList();
    List<String> ids = covered.stream().map(row -> row.get("kpi")).distinct().toList();
    List<LocalDate> dates =
        covered.stream().map(row -> LocalDate.parse(row.get("as_of"))).distinct().toList();
    MartReader marts = MARTS.computeIfAbsent(input, i -> marts(i, horizon));
    Kpis kpis = new Kpis(cards, shapes(), marts);
    Map<String, KpiRow> actual = new TreeMap<>();
    for (KpiRow row : kpis.evaluate(new KpiQuery(ids, dates, dimensions, to, null)).rows()) {
      actual.put(row.kpi() + "|" + row.asOf() + "|" + row.dimensions(), row);
    }
    List<String> differences = new ArrayList<>();
    for (Map<String, String> row : covered) {
      List<String> cell = new ArrayList<>();
      dimensions.forEach(d -> cell.add(row.get(d)));
      String key = row.get("kpi") + "|" + row.get("as_of") + "|" + cell;
      compare(key, row, actual.remove(key), differences);
    }
    actual.forEach(
        (key, row) -> {
          if (row.value() != null || row.numerator() != null && row.numerator().signum() != 0) {
            differences.add("not expected: " + row);
          }
        });
    assertThat(differences).isEmpty();
  }

  private static List<MartShape> shapes() {
    List<MartShape> shapes = new ArrayList<>();
    for (Contract contract : Contracts.load().all()) {
      Map<String, MartShape.Role> roles = new LinkedHashMap<>();
      contract
          .columns()
          .forEach(
              c ->
                  c.role()
                      .ifPresent(
                          r ->
                              roles.put(
                                  c.name(), MartShape.Role.valueOf(r.toUpperCase(Locale.ROOT)))));
      if (!roles.isEmpty()) {
        shapes.add(new MartShape(contract.id(), roles));
      }
    }
    return shapes;
  }

  private static void compare(
      String key, Map<String, String> expected, KpiRow actual, List<String> differences) {
    if (actual == null) {
      if (Stream.of("value", "numerator", "denominator").anyMatch(c -> expected.get(c) != null)) {
        differences.add("missing: " + expected);
      }
      return;
    }
    differ(key + " value", expected.get("value"), actual.exactValue(), differences);
    for (String column : List.of("numerator", "denominator", "items")) {
      BigDecimal is =
          switch (column) {
            case "numerator" -> actual.numerator();
            case "denominator" -> actual.denominator();
            default -> actual.items() == null ? null : BigDecimal.valueOf(actual.items());
          };
      differ(key + " " + column, expected.get(column), is, differences);
    }
  }

  private static void differ(
      String what, String expected, BigDecimal actual, List<String> differences) {
    if (expected == null) {
      if (actual != null && what.endsWith("value")) {
        differences.add(what + ": expected nothing, got " + actual);
      }
      return;
    }
    BigDecimal wanted = new BigDecimal(expected);
    if (actual == null
        || wanted.subtract(actual).abs().doubleValue()
            > 1e-9 * Math.max(1, wanted.abs().doubleValue())) {
      differences.add(what + ": expected " + wanted.toPlainString() + ", got " + actual);
    }
  }

  private static MartReader marts(Path input, LocalDate horizon) {
    SilverFrames silver = PlainSilver.of(input, "America/Santiago");
    Dataset<Row> ledger = PlainSilver.ledger(input, "America/Santiago").cache();
    Dataset<Row> customers =
        TestSpark.session()
            .read()
            .option("header", true)
            .option("multiLine", true)
            .csv(input.resolve("customers.csv").toString())
            .selectExpr("* EXCEPT (valid_from)", "CAST(valid_from AS DATE) AS valid_from");
    Marts marts = new Marts(Marts.standard(AgeingSchemes.load().on(horizon), 0), horizon);
    Map<String, Dataset<Row>> tables =
        marts.tables(new MartInputs(ledger, silver.invoices(), customers));
    tables.replaceAll((name, frame) -> frame.cache());
    Dataset<Row> rates =
        TestSpark.session()
            .read()
            .option("header", true)
            .csv(input.resolve("fx_rates.csv").toString())
            .selectExpr(
                "CAST(rate_date AS DATE) AS rate_date",
                "from_currency",
                "to_currency",
                "CAST(rate AS DECIMAL(28,12)) AS rate",
                "CAST('2020-01-01' AS TIMESTAMP) AS known_at");
    return name -> name.equals(MartReader.RATES) ? rates : tables.get(name);
  }

  private static List<Map<String, String>> rows(Path file) {
    Dataset<Row> frame = TestSpark.session().read().option("header", true).csv(file.toString());
    List<Map<String, String>> rows = new ArrayList<>();
    for (Row row : frame.collectAsList()) {
      Map<String, String> values = new LinkedHashMap<>();
      for (String column : frame.columns()) {
        values.put(column, row.getAs(column));
      }
      rows.add(values);
    }
    return rows;
  }
}
