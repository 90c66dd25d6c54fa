package io.recupero.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.recupero.TestSpark;
import io.recupero.config.SettingsReader;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.Kpis;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartShape;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.lake.Releases;
import io.recupero.lake.Rollback;
import io.recupero.mart.AgeingSchemes;
import io.recupero.plan.Progress;
import io.recupero.run.Pipeline;
import io.recupero.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What DuckDB says of a release is what Spark says of it. */
class ServingFileTest {

  private static final LocalDate AS_OF = LocalDate.parse("2026-03-31");

  /** A close in the middle of the history, one just before, and the as-of date itself. */
  private static final List<LocalDate> DATES =
      List.of(LocalDate.parse("2025-09-30"), LocalDate.parse("2026-02-28"), AS_OF);

  private static final List<List<String>> SLICES =
      List.of(List.of("currency"), List.of("segment", "country", "portfolio_id", "currency"));

  @TempDir static Path folder;

  private static Release release;
  private static ReleasedLake lake;
  private static ServedTables served;
  private static Map<String, Map<String, Double>> spark;

  @BeforeAll
  static void run() {
    var settings =
        SettingsReader.read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "timezone", "America/Santiago",
                "lake", folder.resolve("lake").toString(),
                "input", "data-samples/raw",
                "max_quarantined_share", "0.05"));
    release =
        new Pipeline(TestSpark.session(), settings)
            .run(
                new RunRequest(AS_OF, Instant.parse("2026-04-01T01:00:00Z"), Set.of(), "test"),
                Progress.NONE);
    lake = ReleasedLake.of(Lake.open(TestSpark.session(), settings.lake()), release);
    served =
        ServedTables.load(
            Contracts.load(), Cards.load(), Labels.load(AgeingSchemes.load().on(AS_OF)));
    spark = spark();
    SparkViews.create(lake, folder.resolve("spark"));
  }

  @TestFactory
  Stream<DynamicTest> everyKpiIsWhatSparkSays() throws SQLException {
    Map<String, Map<String, Double>> duck = duck();
    return Cards.load().ids().stream()
        .map(
            id ->
                DynamicTest.dynamicTest(
                    id,
                    () -> {
                      Map<String, Double> expected = spark.getOrDefault(id, Map.of());
                      Map<String, Double> found = duck.getOrDefault(id, Map.of());
                      assertThat(found.keySet()).isEqualTo(expected.keySet());
                      expected.forEach(
                          (slice, value) ->
                              assertThat(found.get(slice))
                                  .as(slice)
                                  .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value)))));
                    }));
  }

  @Test
  void aTrendSaysOfEachCloseWhatTheDateItselfSays() throws SQLException {
    try (Connection duck = reader()) {
      String atDates =
          "SELECT as_of, currency, SUM(overdue_amount), SUM(open_amount) FROM en.balance_en"
              + " WHERE as_of >= '2025-03-31' GROUP BY ALL ORDER BY ALL";
      String trend =
          "SELECT CAST(close AS VARCHAR), currency, SUM(overdue_amount), SUM(open_amount)"
              + " FROM es.balance_trend_es"
              + " WHERE as_of = '2026-03-31' AND close >= '2025-03-31' GROUP BY ALL ORDER BY ALL";
      assertThat(rows(duck, trend)).isEqualTo(rows(duck, atDates)).hasSizeGreaterThan(60);
    }
  }

  @Test
  void aChangeIsTheDifferenceOfTwoDates() throws SQLException {
    String metric =
        served.find("flow_trend").orElseThrow().metric("recovery_rate_change").orElseThrow().sql();
    try (Connection duck = reader()) {
      String changes =
          "SELECT currency, "
              + metric
              + " FROM en.flow_trend_en WHERE as_of = '2026-03-31' GROUP BY 1";
      Map<String, Double> rates = spark.get("recovery_rate");
      for (List<Object> row : rows(duck, changes)) {
        Double now = rates.get("2026-03-31 " + List.of(row.get(0)));
        Double before = rates.get("2026-02-28 " + List.of(row.get(0)));
        assertThat((Double) row.get(1)).isCloseTo(now - before, within(1e-9));
      }
    }
  }

  @Test
  void everyServedTableCanBeReadInBothLanguagesByALockedDownReader() throws SQLException {
    try (Connection duck = reader()) {
      for (ServedTable table : served.all()) {
        for (String language : List.of("es", "en")) {
          String columns =
              String.join(", ", table.columns().stream().map(ServedColumn::name).toList());
          String from = " FROM %s.%s".formatted(language, table.view(language));
          rows(duck, "SELECT " + columns + from + " LIMIT 1");
          String asOf = table.column("as_of").isPresent() ? " WHERE as_of = '2026-03-31'" : "";
          // A share of a row needs its rows apart.
          String grouped = table.name().equals("roll_matrix") ? " GROUP BY from_label" : "";
          String metrics =
              String.join(", ", table.metrics().stream().map(it -> it.guarded(table)).toList());
          rows(duck, "SELECT " + metrics + from + asOf + grouped);
        }
      }
    }
  }

  @Test
  void theSameTablesAndFiguresCanBeHadFromSpark() throws SQLException {
    try (Connection duck = reader()) {
      for (ServedTable table : served.all()) {
        String from = " FROM en." + table.view("en");
        if (table.name().startsWith("dispute")) {
          continue; // its deltas are added up in Spark
        }
        String counted = "SELECT COUNT(*)" + from;
        assertThat(TestSpark.session().sql(counted).first().getLong(0))
            .as(table.name())
            .isEqualTo(rows(duck, counted).get(0).get(0));
      }
      for (String metric : List.of("paid_share", "paid_share_low", "paid_share_high")) {
        ServedTable curve = served.find("recovery_curve").orElseThrow();
        String sql =
            "SELECT %s FROM en.recovery_curve_en WHERE as_of = '2026-03-31' AND curve_day = 60"
                .formatted(curve.metric(metric).orElseThrow().guarded(curve));
        assertThat(TestSpark.session().sql(sql).first().getDouble(0))
            .isCloseTo((Double) rows(duck, sql).get(0).get(0), within(1e-12));
      }
    }
  }

  @Test
  void whatChartsAskIsTheSameInSpark() throws SQLException {
    try (Connection duck = reader()) {
      for (ServedTable table : served.all()) {
        List<ServedMetric> metrics = table.metrics();
        if (metrics.isEmpty() || table.column("currency").isEmpty() || table.stored().isEmpty()) {
          continue;
        }
        String by = table.isTrend() ? "currency, CAST(close AS STRING)" : "currency";
        String order = by.replace("currency", "currency NULLS FIRST");
        String sql =
            "SELECT %s, %s FROM en.%s WHERE as_of = '2026-03-31' GROUP BY %s ORDER BY %s"
                .formatted(
                    by,
                    String.join(", ", metrics.stream().map(it -> it.guarded(table)).toList()),
                    table.view("en"),
                    by,
                    order);
        List<List<Object>> expected = rows(duck, sql);
        List<Row> found = TestSpark.session().sql(sql).collectAsList();
        assertThat(found).as(table.name()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
          for (int j = 0; j < expected.get(i).size(); j++) {
            same(table.name() + " " + expected.get(i), found.get(i).get(j), expected.get(i).get(j));
          }
        }
      }
    }
  }

  private static void same(String what, Object found, Object expected) {
    if (found instanceof Number number && expected instanceof Number other) {
      double value = other.doubleValue();
      assertThat(number.doubleValue())
          .as(what)
          .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
    } else {
      assertThat(found).as(what).isEqualTo(expected);
    }
  }

  @Test
  void invoicesBehindAFigureAddUpToIt() throws SQLException {
    try (Connection duck = reader()) {
      // Of the release they are kept, of a close before it the ledger is added up.
      for (String date : List.of("2026-03-31", "2025-09-30")) {
        String of =
            "SELECT currency, portfolio_id, segment, bucket_label, SUM(open_amount), SUM(overdue_amount),"
                + " SUM(open_count) FROM en.%s_en WHERE as_of = '"
                + date
                + "' GROUP BY ALL HAVING SUM(open_count) <> 0 ORDER BY ALL";
        assertThat(texts(duck, of.formatted("invoices")))
            .as(date)
            .isEqualTo(texts(duck, of.formatted("balance")))
            .hasSizeGreaterThan(20);
      }
    }
  }

  private static List<String> texts(Connection duck, String sql) throws SQLException {
    return rows(duck, sql).stream().map(List::toString).toList();
  }

  @Test
  void aReaderFindsNoNameAndNoTaxNumber() throws SQLException {
    try (Connection duck = reader()) {
      assertThat(
              rows(
                  duck,
                  "SELECT table_schema, table_name FROM information_schema.columns WHERE"
                      + " column_name IN ('name', 'tax_id', 'raw')"
                      + " OR table_name = 'customers'"
                      + " OR table_schema = 'gold' AND table_name = 'findings'"
                      + " AND column_name = 'value'"))
          .isEmpty();
      assertThat(TestSpark.session().table("gold.findings").columns()).doesNotContain("value");
      assertThat(rows(duck, "SELECT finding FROM en.data_findings_en WHERE records > 0"))
          .hasSameSizeAs(rows(duck, "SELECT kind FROM gold.findings"));
      Path customers = folder.resolve("lake/silver/customers");
      assertThatThrownBy(() -> rows(duck, "SELECT * FROM read_parquet('" + customers + "/*')"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aRollbackServesTheReleaseGoneBackTo() throws SQLException, IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    // Only releases are needed: what a release is made of lies where it lay.
    Releases.of(other).publish(release.as(1, "run-000001"));
    Releases.of(other).publish(release.as(2, "run-000002"));
    for (String part : List.of("gold", "ledger", "silver", "quarantine")) {
      Files.createSymbolicLink(other.resolve(part), folder.resolve("lake").resolve(part));
    }
    Release now = Rollback.run(Releases.of(other), 1);
    Path file = ServingFile.write(other, now).orElseThrow();
    assertThat(ServingFile.refresh(other, now)).contains(file);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + file)) {
      assertThat(rows(duck, "SELECT number FROM meta.release")).containsExactly(List.of(3));
    }
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  /** Value by KPI, then by date and slice; no entry where there is no value. */
  private static Map<String, Map<String, Double>> spark() {
    Cards cards = Cards.load();
    Kpis kpis =
        new Kpis(cards, MartShape.all(Contracts.load()), MartReader.of(lake, Contracts.load()));
    Map<String, Map<String, Double>> values = new TreeMap<>();
    for (List<String> by : SLICES) {
      for (KpiRow row : kpis.evaluate(new KpiQuery(cards.ids(), DATES, by, null, null)).rows()) {
        if (row.value() != null) {
          values
              .computeIfAbsent(row.kpi(), kpi -> new TreeMap<>())
              .put(row.asOf() + " " + row.dimensions(), row.value());
        }
      }
    }
    return values;
  }

  private static Map<String, Map<String, Double>> duck() throws SQLException {
    Map<String, Map<String, Double>> values = new TreeMap<>();
    try (Connection duck = reader()) {
      for (ServedTable table : served.all()) {
        Collection<ServedMetric> metrics = new ArrayList<>();
        for (Card card : Cards.load().all()) {
          table.metric(card.id()).filter(it -> !table.isTrend()).ifPresent(metrics::add);
        }
        if (metrics.isEmpty()) {
          continue;
        }
        for (List<String> by : SLICES) {
          read(duck, table, new ArrayList<>(metrics), by, values);
        }
      }
    }
    return values;
  }

  private static void read(
      Connection duck,
      ServedTable table,
      List<ServedMetric> metrics,
      List<String> by,
      Map<String, Map<String, Double>> values)
      throws SQLException {
    String sql =
        "SELECT as_of, %s, %s FROM en.%s WHERE as_of IN (%s) GROUP BY as_of, %s"
            .formatted(
                String.join(", ", by),
                String.join(", ", metrics.stream().map(it -> it.guarded(table)).toList()),
                table.view("en"),
                String.join(", ", DATES.stream().map(date -> "'" + date + "'").toList()),
                String.join(", ", by));
    for (List<Object> row : rows(duck, sql)) {
      // A missing attribute is a group of its own in both.
      String slice =
          (row.get(0) + " " + row.subList(1, 1 + by.size())).replace(MartTables.NONE, "null");
      for (int i = 0; i < metrics.size(); i++) {
        Object value = row.get(1 + by.size() + i);
        if (value != null) {
          double unit = metrics.get(i).unit().equals("percent") ? 100 : 1;
          values
              .computeIfAbsent(metrics.get(i).name(), kpi -> new LinkedHashMap<>())
              .put(slice, unit * ((Number) value).doubleValue());
        }
      }
    }
  }

  @Test
  void noTableOfTheReleaseTellsWhereTheLakeLies() throws SQLException {
    try (Connection duck = reader()) {
      for (List<Object> table :
          rows(duck, "SELECT schema_name || '.' || table_name FROM duckdb_tables()")) {
        String name = (String) table.get(0);
        assertThat(
                rows(
                    duck,
                    "FROM " + name + " AS t WHERE CAST(t AS VARCHAR) LIKE '%" + folder + "%'"))
            .as(name)
            .isEmpty();
      }
    }
  }

  /** A connection as dashboards have it: these folders, and nothing else. */
  private static Connection reader() throws SQLException {
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    Connection duck =
        DriverManager.getConnection(
            "jdbc:duckdb:" + ServingFile.of(folder.resolve("lake")), readOnly);
    try (Statement statement = duck.createStatement()) {
      List<String> folders = new ArrayList<>();
      List.of("gold", "ledger/events", "silver/invoices", "silver/customer_attributes")
          .forEach(it -> folders.add("'" + folder.resolve("lake").resolve(it) + "/'"));
      statement.execute("SET allowed_directories = [" + String.join(", ", folders) + "]");
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
    return duck;
  }

  private static List<List<Object>> rows(Connection duck, String sql) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
