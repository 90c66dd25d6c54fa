package io.recupero.oracle;

import java.math.BigDecimal;
import java.nio.file.Files;
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
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A second opinion: the figures recomputed in DuckDB, straight from canonical CSV files, by brute
 * force.
 *
 * <p>It shares no code with the jobs. All balances come from one loop over the days on which
 * something happened (oracle/day_*.sql), and every figure from the state of all invoices on its
 * date. A record that breaks a rule of the inputs is left out (oracle/judge.sql, which judges by
 * itself, and only the columns these figures need). An optional file that is missing counts as
 * empty.
 *
 * <p>A record without recorded_at counts as known at the end of its own date in the creditor's
 * zone. Not thread safe.
 */
public final class Oracle implements AutoCloseable {

  /** Later than any record: everything is known. */
  public static final Instant ALL_KNOWN = Instant.parse("9999-01-01T00:00:00Z");

  private static final OracleScript JUDGE = OracleScript.read("judge.sql");
  private static final OracleScript LOAD = OracleScript.read("load.sql");
  private static final List<String> PARTS_OF_A_DAY =
      List.of("charges", "reversals", "credits", "payments", "refunds", "close");
  private static final Map<String, OracleScript> DAY =
      PARTS_OF_A_DAY.stream()
          .collect(Collectors.toMap(p -> p, p -> OracleScript.read("day_" + p + ".sql")));
  private static final OracleScript AS_OF = OracleScript.read("as_of.sql");
  private static final OracleScript PARTS = OracleScript.read("parts.sql");
  private static final OracleScript FLOWS = OracleScript.read("flows.sql");
  private static final OracleScript FIGURES = OracleScript.read("figures.sql");
  private static final OracleScript RECOVERY = OracleScript.read("recovery.sql");
  private static final OracleScript COUNTBACK = OracleScript.read("countback.sql");
  private static final OracleScript CURES = OracleScript.read("cures.sql");
  private static final OracleScript CURE_MONTH = OracleScript.read("cure_month.sql");
  private static final OracleScript RELAPSE = OracleScript.read("relapse.sql");
  private static final OracleScript CUSTOMERS = OracleScript.read("customers.sql");
  private static final OracleScript ROLL = OracleScript.read("roll.sql");
  private static final String DIMENSIONS =
      "portfolio_id, segment, country, region, industry, company_size, debt_type, currency";

  private final Connection duck;
  private final Path inputs;
  private Instant walked;
  private List<Object> seen = List.of();

  private Oracle(Connection duck, Path inputs) {
    this.duck = duck;
    this.inputs = inputs;
  }

  /** Opens a folder of canonical CSV files. {@code zone} is the creditor's. */
  public static Oracle open(Path inputFolder, ZoneId zone) throws SQLException {
    Connection duck = DriverManager.getConnection("jdbc:duckdb:");
    Oracle oracle = new Oracle(duck, inputFolder);
    OracleFiles.read(inputFolder, oracle.duck);
    oracle.set("zone", "'" + zone.getId() + "'");
    JUDGE.run(oracle.duck);
    return oracle;
  }

  /**
   * Returns the figures at each date, by the cells of the dimensions.
   *
   * @param ids figures wanted; empty: all
   * @param by dimensions: portfolio_id, segment, country, region, industry, company_size,
   *     debt_type, currency, and cohort (then only the vintages are given)
   * @param to currency to convert to; null: none, and then amounts of several currencies are only
   *     right by currency
   * @param knownAt what was known then; null: everything
   */
  public List<OracleRow> kpi(
      Collection<String> ids, List<LocalDate> asOf, List<String> by, String to, Instant knownAt)
      throws SQLException {
    List<OracleRow> rows = new ArrayList<>();
    for (LocalDate day : asOf) {
      lookFrom(day, to, knownAt);
      rows.addAll(figures(FIGURES, day, by));
      if (!by.contains("cohort")) {
        if (wanted(ids, "days_to_recover")) {
          rows.addAll(figures(RECOVERY, day, by));
        }
        if (wanted(ids, "dso_countback")) {
          rows.addAll(figures(COUNTBACK, day, by));
        }
        if (wanted(ids, "cure_rate") || wanted(ids, "redefault_rate")) {
          lookAtCures(day);
          rows.addAll(figures(CUSTOMERS, day, by));
        }
      }
    }
    rows.removeIf(row -> !ids.isEmpty() && !ids.contains(row.kpi()));
    rows.removeIf(row -> !isTold(row.kpi()));
    return rows;
  }

  /** A figure that names the content of a file which nobody delivered is not known. */
  private boolean isTold(String kpi) {
    boolean ofPayments =
        kpi.startsWith("recovery_rate")
            || kpi.startsWith("days_to_recover")
            || kpi.startsWith("redefault_rate")
            || kpi.startsWith("discount_")
            || List.of("collected_on_time", "cei_cash", "cure_rate", "unapplied_share")
                .contains(kpi);
    boolean ofAdjustments = kpi.startsWith("write_off") || kpi.equals("discount_cost");
    boolean ofContacts = kpi.equals("cost_to_collect");
    return (!ofPayments && !ofContacts || has("payments"))
        && (!ofAdjustments || has("adjustments"))
        && (!ofContacts || has("contacts"));
  }

  private boolean has(String input) {
    return Files.exists(inputs.resolve(input + ".csv"));
  }

  /** Returns the roll matrix of the month to each date; parameters as of {@link #kpi}. */
  public List<OracleRoll> roll(List<LocalDate> asOf, List<String> by, String to, Instant knownAt)
      throws SQLException {
    List<OracleRoll> cells = new ArrayList<>();
    for (LocalDate day : asOf) {
      lookFrom(day, to, knownAt);
      String query = ROLL.with("by", listed(by)).runUpToQuery(duck);
      try (Statement statement = duck.createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          int n = by.size();
          cells.add(
              new OracleRoll(
                  day,
                  cell(rows, 1, n),
                  rows.getString(n + 1),
                  rows.getString(n + 2),
                  number(rows, n + 3),
                  rows.getLong(n + 4),
                  number(rows, n + 5)));
        }
      }
    }
    return cells;
  }

  /** Returns the balance at the close of the day of every invoice issued by then, all known. */
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
      PARTS.with("dims", DIMENSIONS).run(duck);
      FLOWS.with("dims", DIMENSIONS).run(duck);
      seen = look;
    }
  }

  private void walk(Instant knownAt) throws SQLException {
    if (knownAt.equals(walked)) {
      return;
    }
    set("known_at", "TIMESTAMPTZ '" + knownAt + "'");
    LOAD.run(duck);
    duck.setAutoCommit(false);
    for (Map.Entry<String, List<String>> day : agenda().entrySet()) {
      set("day", "DATE '" + day.getKey() + "'");
      for (String part : day.getValue()) {
        for (int turn = 1; turn <= (part.equals("refunds") ? turns(day.getKey()) : 1); turn++) {
          set("turn", Integer.toString(turn));
          DAY.get(part).run(duck);
        }
      }
    }
    duck.commit();
    duck.setAutoCommit(true);
    walked = knownAt;
  }

  /** How many refunds of one customer a day has at most. */
  private int turns(String day) throws SQLException {
    try (Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT max(turn) FROM refund_turn JOIN refund USING (refund_id)"
                    + " WHERE refunded_on = DATE '"
                    + day
                    + "'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** The parts of each day that have anything to play, in order. */
  private Map<String, List<String>> agenda() throws SQLException {
    Map<String, List<String>> days = new TreeMap<>();
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery("SELECT *, true AS close FROM agenda")) {
      while (rows.next()) {
        List<String> parts = new ArrayList<>();
        for (String part : PARTS_OF_A_DAY) {
          if (rows.getBoolean(part)) {
            parts.add(part);
          }
        }
        days.put(rows.getString("day"), parts);
      }
    }
    return days;
  }

  /**
   * Cures of the month to the day, and relapses after the latest month that closed 90 days before
   * it.
   */
  private void lookAtCures(LocalDate day) throws SQLException {
    lookAtMonth(day);
    CURE_MONTH.with("dims", DIMENSIONS).run(duck);
    LocalDate closed = day.minusDays(90 - 1).withDayOfMonth(1).minusDays(1);
    lookAtMonth(closed);
    RELAPSE.with("dims", DIMENSIONS).run(duck);
  }

  private void lookAtMonth(LocalDate close) throws SQLException {
    set("e", "DATE '" + close + "'");
    set("f", "DATE '" + close.withDayOfMonth(1) + "'");
    set("b", "DATE '" + close.withDayOfMonth(1).minusDays(1) + "'");
    CURES.run(duck);
  }

  private List<OracleRow> figures(OracleScript script, LocalDate day, List<String> by)
      throws SQLException {
    String same =
        by.stream()
            .map(d -> " AND e." + d + " IS NOT DISTINCT FROM c." + d)
            .collect(Collectors.joining("", "true", ""));
    String query =
        script
            .with("by", listed(by))
            .with("cohorts", String.valueOf(by.contains("cohort")))
            .with("same", same)
            .runUpToQuery(duck);
    List<OracleRow> figures = new ArrayList<>();
    try (Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        int n = by.size();
        Double items = number(rows, n + 5);
        figures.add(
            new OracleRow(
                rows.getString(1),
                day,
                cell(rows, 2, n),
                number(rows, n + 2),
                number(rows, n + 3),
                number(rows, n + 4),
                items == null ? null : items.longValue()));
      }
    }
    return figures;
  }

  private static boolean wanted(Collection<String> ids, String family) {
    return ids.isEmpty() || ids.stream().anyMatch(id -> id.startsWith(family));
  }

  private static String listed(List<String> by) {
    return by.stream().map(d -> d + ", ").collect(Collectors.joining());
  }

  private static List<String> cell(ResultSet rows, int first, int size) throws SQLException {
    List<String> cell = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      cell.add(rows.getString(first + i));
    }
    return cell;
  }

  private static Double number(ResultSet rows, int column) throws SQLException {
    Number number = (Number) rows.getObject(column);
    return number == null ? null : number.doubleValue();
  }

  private void set(String variable, String value) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute("SET VARIABLE " + variable + " = " + value);
    }
  }
}
