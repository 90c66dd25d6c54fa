package io.recupero.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.mart.AgeingSchemes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What tables for charts say of a few rows. */
class ServedSqlTest {

  private static final LocalDate RUNNING = LocalDate.parse("2026-03-02");
  private static final Labels LABELS = Labels.load(AgeingSchemes.load().on(RUNNING));
  private static final ServedTables SERVED =
      ServedTables.load(Contracts.load(), Cards.load(), LABELS);

  @Test
  void theChangeOfAMonthIsThatOfTheLatestClosedOne() throws SQLException {
    String rows =
        """
        (SELECT * FROM (VALUES (0, NULL, 1, 1.0, 100.0), (1, 0, 1, 50.0, 100.0), (2, 1, 1, 40.0, 100.0))
          AS t (steps_back, closed_back, has_payments, recovered_amount, recovery_base_amount))""";
    String change = sql("flow_trend", "recovery_rate_change");
    assertThat((Double) ask("SELECT " + change + " FROM " + rows).get(0))
        .isCloseTo(10, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(sql("balance_trend", "delinquency_index_change"))
        .contains("steps_back")
        .doesNotContain("closed_back");
  }

  @Test
  void withoutItsInputsAFigureIsEmpty() throws SQLException {
    String flow =
        """
        (SELECT 0 AS opening_amount, 100 AS charged_amount, 100 AS closing_amount,
          0 AS closing_current_amount, %d AS has_payments, %d AS has_adjustments)""";
    String cei = "SELECT " + sql("flow", "cei") + " FROM ";
    assertThat(ask(cei + flow.formatted(0, 0))).containsExactly((Object) null);
    assertThat(ask(cei + flow.formatted(0, 1))).containsExactly(0.0);
    assertThat(ask(cei + flow.formatted(1, 0))).containsExactly(0.0);
    String contact =
        "(SELECT 0 AS cost_amount, 100 AS late_cash_amount, 0 AS has_contacts, 1 AS has_payments)";
    assertThat(ask("SELECT " + sql("contact", "cost_to_collect") + " FROM " + contact))
        .containsExactly((Object) null);
  }

  @Test
  void freshnessIsThatOfTheReleaseAndOfNoEarlierRun() throws SQLException {
    String sql = SERVED.find("freshness").orElseThrow().sql().es();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      execute(duck, "CREATE SCHEMA meta");
      execute(duck, "CREATE SCHEMA gold");
      execute(
          duck,
          "CREATE TABLE meta.release AS SELECT 2 AS number, 'run-2' AS run_id, DATE '2026-03-02' AS as_of");
      execute(
          duck,
          """
          CREATE TABLE gold.checks AS SELECT * FROM (VALUES
            ('run-1', 'freshness', 'table=payments', false, 'old', 'old'),
            ('run-2', 'freshness', 'table=payments', true, 'new', 'new'))
            AS t (run_id, "check", slice, passed, text_es, text_en)""");
      assertThat(ask(duck, "SELECT finding FROM (" + sql + ") WHERE item = 'payments'"))
          .containsExactly("new");
    }
  }

  @Test
  void aPageOfMonthsOffersTheLatestClosedOneFirst() throws SQLException {
    ServedTable slices = SERVED.find("slices").orElseThrow();
    Closes closes = new Closes(LocalDate.parse("2025-12-05"), RUNNING, Cards.load());
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      new ServingSchema(duck, Contracts.load()).functions();
      execute(duck, "CREATE SCHEMA meta");
      execute(duck, "CREATE SCHEMA charts");
      execute(duck, "CREATE TABLE meta.closes (" + closes.columns() + ")");
      execute(duck, "INSERT INTO meta.closes VALUES " + closes.values());
      execute(
          duck,
          "CREATE TABLE charts.balance AS SELECT DISTINCT close, 'P' AS portfolio_id, 'S' AS segment,"
              + " 'CL' AS country, 'CLP' AS currency, 1 AS open_count FROM meta.closes");
      String first = slices.metric("closed_first").orElseThrow().guarded(slices);
      assertThat(
              ask(
                  duck,
                  "SELECT as_of FROM (%s) GROUP BY as_of ORDER BY %s DESC"
                      .formatted(slices.sql().en(), first)))
          .containsExactly("2026-02-28", "2026-03-02", "2026-01-31", "2025-12-31");
    }
  }

  @Test
  void wordsKeepTheirOrderByCodeAndWhereDigitsAreNumbersAndShowNoKey() {
    List<String> shown =
        List.of(
            "Al d\u00eda",
            "1-30 d\u00edas",
            "31-60 d\u00edas",
            "91-180 d\u00edas",
            "181+ d\u00edas");
    List<String> few = new ArrayList<>();
    List<String> many = new ArrayList<>();
    for (String words : shown) {
      few.add(SortKey.ofFew(few.size(), shown.size(), words));
      many.add(SortKey.ofMany(many.size(), words));
    }
    assertThat(few).isSorted();
    assertThat(many).isSorted();
    // Pivots compare what stands before the first digit, then numbers.
    assertThat(few.stream().skip(1).map(words -> words.replaceAll("\\d.*", ""))).isSorted();
    assertThat(few).extracting(ServedSqlTest::bare).isEqualTo(shown);
    assertThat(LABELS.buckets())
        .extracting(words -> bare(words.es()))
        .startsWith("Al d\u00eda", "1-30 d\u00edas");
  }

  @Test
  void noTwoFiguresOfATableHaveOneHeading() {
    for (ServedTable table : SERVED.all()) {
      for (String language : List.of("es", "en")) {
        assertThat(table.metrics())
            .filteredOn(it -> it.name().endsWith(ServedMetric.ITEMS))
            .extracting(it -> it.title().in(language))
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void everyMeasureThatWasRestatedHasWords() throws SQLException {
    Contract contract = Contracts.load().contract("gold.restatements");
    List<String> measures = contract.column("measure").values();
    assertThat(measures).contains("overdue_over_30_amount");
    for (String measure : measures) {
      assertThat(ask("SELECT " + LABELS.wordsOf("measure", "'" + measure + "'", "es")))
          .doesNotContain(measure);
    }
  }

  private static String bare(String words) {
    return words.replaceAll("^[\\u200A\\u200B\\u2060]+", "");
  }

  private static String sql(String table, String metric) {
    return SERVED.find(table).orElseThrow().metric(metric).orElseThrow().sql();
  }

  private static List<Object> ask(String sql) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      return ask(duck, sql);
    }
  }

  /** Returns the first column. */
  private static List<Object> ask(Connection duck, String sql) throws SQLException {
    List<Object> values = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getObject(1));
      }
    }
    return values;
  }

  private static void execute(Connection duck, String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }
}
