package io.recupero.oracle;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A second opinion: the figures recomputed in DuckDB, straight from canonical CSV files, by brute force.
 *
 * <p>It shares no code with the jobs. All balances come from one loop over the days on which something happened
 * (oracle/day.sql), and every figure from the state of all invoices on its date. It trusts its input: nothing is judged,
 * so files with broken records give other figures than the product.
 *
 * <p>A record without recorded_at counts as known at the end of its own date in the creditor's zone. Not thread safe.
 */
public final class Oracle implements AutoCloseable {

  /** Later than any record: everything is known. */
  public static final Instant ALL_KNOWN = Instant.parse("9999-01-01T00:00:00Z");

  private static final OracleScript LOAD = OracleScript.read("load.sql");
  private static final OracleScript DAY = OracleScript.read("day.sql");
  private static final OracleScript AS_OF = OracleScript.read("as_of.sql");
  private static final OracleScript PARTS = OracleScript.read("parts.sql");
  private static final OracleScript FIGURES = OracleScript.read("figures.sql");
  private static final OracleScript RECOVERY = OracleScript.read("recovery.sql");
  private static final String DAYS_TO_RECOVER = "days_to_recover";

  private final Connection duck;
  private Instant walked;
  private List<Object> seen = List.of();

  private Oracle(Connection duck) {
    this.duck = duck;
  }

  /** Opens a folder of canonical CSV files. {@code zone} is the creditor's. */
  public static Oracle open(Path inputFolder, ZoneId zone) throws SQLException {
    Oracle oracle = new Oracle(DriverManager.getConnection("jdbc:duckdb:"));
    OracleFiles.read(inputFolder, oracle.duck);
    oracle.set("zone", "'" + zone.getId() + "'");
    return oracle;
  }

  /**
   * Returns the figures at each date, by the cells of the dimensions.
   *
   * @param ids figures wanted; empty: all
   * @param by dimensions: portfolio_id, segment, country, region, industry, company_size, debt_type, currency, cohort
   * @param to currency to convert to; null: none, and then amounts of several currencies are only right by currency
   * @param knownAt what was known then; null: everything
   */
  public List<OracleRow> kpi(
      Collection<String> ids, List<LocalDate> asOf, List<String> by, String to, Instant knownAt)
      throws SQLException {
    List<OracleRow> rows = new ArrayList<>();
    for (LocalDate day : asOf) {
      lookFrom(day, to, knownAt);
      rows.addAll(figures(FIGURES, day, by));
      if (!by.contains("cohort")
          && (ids.isEmpty() || ids.stream().anyMatch(id -> id.startsWith(DAYS_TO_RECOVER)))) {
        rows.addAll(figures(RECOVERY, day, by));
      }
    }
    rows.removeIf(row -> !ids.isEmpty() && !ids.contains(row.kpi()));
    return rows;
  }

  /** Returns the balance at the close of the day of every invoice issued by then, with everything known. */
  public Map<String, BigDecimal> openBalances(LocalDate day) throws SQLException {
    lookFrom(day, null, null);
    Map<String, BigDecimal> balances = new TreeMap<>();
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery("SELECT invoice_id, open FROM state")) {
      while (rows.next()) {
        balances.put(rows.getString(1), rows.getBigDecimal(2));
      }
    }
    return balances;
  }

  @Override
  public void close() throws SQLException {
    duck.close();
  }

  private void lookFrom(LocalDate day, String to, Instant knownAt) throws SQLException {
    walk(knownAt == null ? ALL_KNOWN : knownAt);
    List<Object> look = Arrays.asList(day, to, walked);
    if (!look.equals(seen)) {
      set("d", "DATE '" + day + "'");
      set("s", "DATE '" + day.withDayOfMonth(1) + "'");
      set("p", "DATE '" + day.withDayOfMonth(1).minusDays(1) + "'");
      set("target", to == null ? "NULL::VARCHAR" : "'" + to + "'");
      AS_OF.run(duck);
      PARTS.run(duck);
      seen = look;
    }
  }

  private void walk(Instant knownAt) throws SQLException {
    if (knownAt.equals(walked)) {
      return;
    }
    set("known_at", "TIMESTAMPTZ '" + knownAt + "'");
    LOAD.run(duck);
    List<String> days = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery("SELECT day FROM agenda ORDER BY day")) {
      while (rows.next()) {
        days.add(rows.getString(1));
      }
    }
    duck.setAutoCommit(false);
    for (String day : days) {
      set("day", "DATE '" + day + "'");
      DAY.run(duck);
    }
    duck.commit();
    duck.setAutoCommit(true);
    walked = knownAt;
  }

  private List<OracleRow> figures(OracleScript script, LocalDate day, List<String> by) throws SQLException {
    String same = by.stream().map(d -> " AND e." + d + " IS NOT DISTINCT FROM c." + d).collect(Collectors.joining());
    String query =
        script
            .with("by", by.stream().map(d -> d + ", ").collect(Collectors.joining()))
            .with("cohorts", String.valueOf(by.contains("cohort")))
            .with("same", "true" + same)
            .runUpToQuery(duck);
    List<OracleRow> figures = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        List<String> cell = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
          cell.add(rows.getString(2 + i));
        }
        Double[] parts = new Double[4];
        for (int i = 0; i < parts.length; i++) {
          Number number = (Number) rows.getObject(2 + by.size() + i);
          parts[i] = number == null ? null : number.doubleValue();
        }
        figures.add(
            new OracleRow(
                Objects.requireNonNull(rows.getString(1)),
                day,
                cell,
                parts[0],
                parts[1],
                parts[2],
                parts[3] == null ? null : parts[3].longValue()));
      }
    }
    return figures;
  }

  private void set(String variable, String value) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute("SET VARIABLE " + variable + " = " + value);
    }
  }
}
