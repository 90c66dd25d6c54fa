package io.recupero;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.RollMatrix;
import io.recupero.oracle.ProductLake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every published answer of the worked examples, from the files through a whole run. */
class GoldenTest {

  private static final Path SMALLER = Golden.folder();
  private static final Path LARGER = SMALLER.resolve("larger");

  @TempDir static Path folder;

  private static ProductLake smaller;
  private static ProductLake larger;

  @BeforeAll
  static void run() {
    smaller = lake("smaller", SMALLER, "2024-03-31");
    larger = lake("larger", LARGER, "2025-02-28");
  }

  private static ProductLake lake(String name, Path golden, String asOf) {
    return ProductLake.run(
        folder.resolve(name),
        "America/Santiago",
        LocalDate.parse(asOf),
        Map.of("input", golden.resolve("input").toString(), "segments", "given"));
  }

  @DisplayName("the larger worked example")
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "expected_total.csv, '', USD",
    "expected_currency.csv, currency, ",
    "expected_segment.csv, 'segment,currency', ",
    "expected_portfolio.csv, 'portfolio_id,country,currency', ",
    "expected_cohort.csv, 'cohort,currency', "
  })
  void larger(String file, String by, String to) {
    check(
        rows(LARGER.resolve(file)), by, (ids, dates) -> larger.kpi(ids, dates, dimensions(by), to));
  }

  @DisplayName("the smaller worked example")
  @ParameterizedTest(name = "{0}")
  @CsvSource({"total, '', CLP", "currency, currency, ", "segment, segment, CLP"})
  void smaller(String cut, String by, String to) {
    check(
        rows(SMALLER.resolve("expected.csv")).stream()
            .filter(row -> cut.equals(row.get("cut")))
            .toList(),
        by,
        (ids, dates) -> smaller.kpi(ids, dates, dimensions(by), to));
  }

  @Test
  void whatWasKnownOnTheThirtiethOfJuneSaysWhatTheReportOfThatDaySaid() {
    Instant knownAt = Instant.parse("2024-07-01T03:59:59.999999Z");
    check(
        rows(LARGER.resolve("expected_known_2024-06-30.csv")),
        "",
        (ids, dates) -> larger.kpi(knownAt, ids, dates, List.of(), "USD"));
  }

  @Test
  void theRollMatrixOfTheLargerExample() {
    List<Map<String, String>> expected = rows(LARGER.resolve("expected_roll.csv"));
    List<LocalDate> dates =
        expected.stream().map(row -> LocalDate.parse(row.get("as_of"))).distinct().toList();
    checkRoll(expected, "currency", larger.roll(dates, List.of("currency"), null));
  }

  @DisplayName("the roll matrix of the smaller example")
  @ParameterizedTest(name = "{0}")
  @CsvSource({"total, '', CLP", "currency, currency, ", "segment, segment, CLP"})
  void roll(String cut, String by, String to) {
    List<Map<String, String>> expected =
        rows(SMALLER.resolve("expected_roll.csv")).stream()
            .filter(row -> cut.equals(row.get("cut")))
            .toList();
    List<LocalDate> dates =
        expected.stream().map(row -> LocalDate.parse(row.get("as_of"))).distinct().toList();
    checkRoll(expected, by, smaller.roll(dates, dimensions(by), to));
  }

  @Test
  void theIndexMovedByItsPartsFromOnePublishedIndexToTheOther() {
    List<Row> changes =
        larger.table("gold.index_change").where("scope = 'currency'").collectAsList();
    assertThat(changes).hasSizeGreaterThan(60);
    List<LocalDate> dates =
        changes.stream().map(row -> row.<Date>getAs("as_of").toLocalDate()).distinct().toList();
    Map<String, BigDecimal> index = new TreeMap<>();
    larger
        .kpi(List.of("delinquency_index"), dates, List.of("currency"), null)
        .forEach(row -> index.put(row.asOf() + row.dimensions().get(0), row.exactValue()));
    for (Row change : changes) {
      BigDecimal after = change.getAs("index_after");
      String cell = "" + change.getAs("as_of") + change.getAs("currency");
      List<String> differences = new ArrayList<>();
      differ(
          cell + " value",
          after == null ? null : after.toPlainString(),
          index.get(cell),
          differences);
      assertThat(differences).isEmpty();
      if (change.getAs("change") != null) {
        BigDecimal parts =
            Stream.of(
                    "new_billing",
                    "ageing",
                    "recoveries",
                    "credits",
                    "write_offs",
                    "agreements",
                    "mix")
                .map(part -> change.<BigDecimal>getAs(part))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(parts).isEqualByComparingTo(change.<BigDecimal>getAs("change"));
      }
    }
  }

  @Test
  void everyMonthsBridgeHoldsToTheCentAndTheMartsSayWhatTheLedgerSays() {
    Dataset<Row> bridge = larger.table("gold.month_bridge");
    assertThat(bridge.count()).isGreaterThan(200);
    assertThat(bridge.where("difference <> 0").count()).isZero();
    assertThat(bridge.where("cash_amount <> 0 AND written_off_amount <> 0").count()).isPositive();
    Dataset<Row> totals = larger.table("gold.reconciliation");
    assertThat(totals.where("what = 'open' AND ledger_amount > 0").count()).isEqualTo(5);
    assertThat(totals.where("difference <> 0").count()).isZero();
  }

  @Test
  void theScorecardHasTheFiveMeasuresOfTheLastYearWithTheirTrend() {
    Dataset<Row> scorecard = larger.table("gold.scorecard");
    assertThat(
            scorecard
                .where("as_of = DATE'2024-12-31' AND cut = 'total'")
                .select("kpi")
                .distinct()
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .sorted())
        .containsExactly(
            "compliance_rate",
            "csat",
            "days_to_recover_median",
            "delinquency_index",
            "recovery_rate");
    Row index =
        scorecard
            .where("as_of = DATE'2024-12-31' AND cut = 'total' AND currency = 'COP'")
            .where("kpi = 'delinquency_index'")
            .first();
    List<LocalDate> dates = List.of(LocalDate.of(2024, 11, 30), LocalDate.of(2024, 12, 31));
    List<KpiRow> figures =
        larger.kpi(List.of("delinquency_index"), dates, List.of("currency"), null).stream()
            .filter(row -> row.dimensions().equals(List.of("COP")))
            .toList();
    assertThat(index.<BigDecimal>getAs("previous_value"))
        .isEqualByComparingTo(figures.get(0).exactValue());
    assertThat(index.<BigDecimal>getAs("change"))
        .isEqualByComparingTo(figures.get(1).exactValue().subtract(figures.get(0).exactValue()));
    assertThat(index.<String>getAs("status")).isEqualTo("no_target");
  }

  @Test
  void everyMeansOfPaymentTogetherAreTheCashOfTheBridge() {
    Dataset<Row> methods =
        larger
            .table("gold.payment_methods")
            .groupBy("as_of", "currency", "portfolio_id")
            .agg(sum("cash_amount").as("by_method"));
    Dataset<Row> bridge =
        larger.table("gold.month_bridge").where("as_of > DATE'2024-01-31' AND cash_amount <> 0");
    Dataset<Row> together =
        bridge
            .as("b")
            .join(
                methods.as("m"),
                expr(
                    "b.as_of = m.as_of AND b.currency = m.currency"
                        + " AND b.portfolio_id <=> m.portfolio_id"),
                "full");
    assertThat(together.count()).isGreaterThan(50);
    assertThat(
            together
                .where("NOT by_method <=> cash_amount AND by_method <> 0")
                .selectExpr("STRUCT(*) AS all")
                .toJSON()
                .collectAsList())
        .isEmpty();
  }

  @Test
  void everyInvoiceWithAPenaltyIsCountedOnce() {
    long punished =
        larger
            .table("ledger.events")
            .where("kind IN ('interest', 'penalty') AND effective_on <= DATE'2025-02-28'")
            .select("invoice_id")
            .distinct()
            .count();
    Row all =
        larger
            .table("gold.penalties")
            .selectExpr("SUM(invoice_count)", "SUM(judged_count)", "SUM(paid_count)")
            .first();
    assertThat(all.getLong(0)).isEqualTo(punished).isPositive();
    assertThat(all.getLong(1)).isBetween(1L, punished);
    assertThat(all.getLong(2)).isBetween(0L, all.getLong(1));
  }

  @Test
  void promptPayersOweNothingLateAndHaveAHabit() {
    Dataset<Row> prompt = larger.table("gold.prompt_payers");
    assertThat(
            prompt
                .join(
                    larger.table("gold.customer_features").drop("as_of", "invoices_12m"),
                    "customer_id")
                .where("overdue_count > 0 OR on_time_share_12m < 100 OR invoices_12m < 3")
                .count())
        .isZero();
    assertThat(prompt.count())
        .isEqualTo(
            larger
                .table("gold.customer_features")
                .where("overdue_count = 0 AND on_time_share_12m = 100 AND invoices_12m >= 3")
                .count());
  }

  private interface Question {
    List<KpiRow> ask(List<String> ids, List<LocalDate> dates);
  }

  private static List<String> dimensions(String by) {
    return by.isEmpty() ? List.of() : List.of(by.split(","));
  }

  private static void check(List<Map<String, String>> expected, String by, Question question) {
    List<String> ids = expected.stream().map(row -> row.get("kpi")).distinct().toList();
    assertThat(ids).allMatch(id -> Cards.load().find(id).isPresent());
    List<LocalDate> dates =
        expected.stream().map(row -> LocalDate.parse(row.get("as_of"))).distinct().toList();
    Map<String, KpiRow> actual = new TreeMap<>();
    for (KpiRow row : question.ask(ids, dates)) {
      actual.put(row.kpi() + "|" + row.asOf() + "|" + row.dimensions(), row);
    }
    List<String> differences = new ArrayList<>();
    for (Map<String, String> row : expected) {
      String key = row.get("kpi") + "|" + row.get("as_of") + "|" + cell(row, by);
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

  private static void checkRoll(
      List<Map<String, String>> expected, String by, List<RollMatrix.Field> fields) {
    Map<String, RollMatrix.Field> actual = new TreeMap<>();
    for (RollMatrix.Field field : fields) {
      actual.put(
          field.asOf() + "|" + field.dimensions() + "|" + field.from() + "|" + field.to(), field);
    }
    List<String> differences = new ArrayList<>();
    for (Map<String, String> row : expected) {
      String key =
          row.get("as_of")
              + "|"
              + cell(row, by)
              + "|"
              + row.get("from_state")
              + "|"
              + row.get("to_state");
      RollMatrix.Field field = actual.remove(key);
      if (field == null) {
        differences.add("missing: " + row);
        continue;
      }
      differ(key + " amount", row.get("amount"), field.amount(), differences);
      differ(key + " count", row.get("count"), BigDecimal.valueOf(field.count()), differences);
      differ(key + " share", row.get("share"), field.share(), differences);
    }
    actual.values().stream()
        .filter(field -> field.amount().signum() != 0 || field.count() != 0)
        .forEach(field -> differences.add("not expected: " + field));
    assertThat(differences).isEmpty();
  }

  private static List<String> cell(Map<String, String> row, String by) {
    List<String> cell = new ArrayList<>();
    dimensions(by).forEach(dimension -> cell.add(row.get(dimension)));
    return cell;
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
