package io.recupero.summary;

import io.recupero.contract.Contracts;
import io.recupero.kpi.MartValues;
import io.recupero.mart.AgeingScheme;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.summary.IndexChange.Part;
import io.recupero.summary.IndexChange.Segment;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Why the delinquency index moved, month by month: {@code gold.index_change}; of each currency as a
 * whole and of each of its portfolios.
 */
public final class IndexChangeJob implements Job {

  /** The table. */
  public static final String TABLE = "gold.index_change";

  private static final String FLOW = "gold.flow_daily";
  private static final String ROLL = "gold.roll_daily";
  private static final String BALANCE = "gold.balance_daily";
  private static final List<String> GROUP = List.of("currency", "portfolio_id", "segment");

  private final LocalDate asOf;
  private final AgeingScheme ageing;

  /**
   * Makes the job up to a date.
   *
   * @param ageing the scheme of the roll matrix: its first bucket is what is not overdue
   */
  public IndexChangeJob(LocalDate asOf, AgeingScheme ageing) {
    this.asOf = asOf;
    this.ageing = ageing;
  }

  @Override
  public String name() {
    return "index_change";
  }

  @Override
  public List<String> inputs() {
    return List.of(FLOW, ROLL, BALANCE, Closes.HISTORY);
  }

  @Override
  public List<String> outputs() {
    return List.of(TABLE);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("as_of", asOf.toString());
    settings.put("ageing", ageing.toString());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    List<LocalDate> closes = Closes.of(inputs.read(Closes.HISTORY), asOf);
    Map<Cell, Month> months = new HashMap<>();
    flows(inputs.read(FLOW), closes, months);
    balances(inputs.read(BALANCE), closes, months);
    exits(inputs.read(ROLL), closes, months);
    Map<Scope, List<Segment>> scopes = new TreeMap<>(Scope.ORDER);
    months.forEach(
        (cell, month) -> {
          for (Scope scope : Scope.of(cell)) {
            scopes.computeIfAbsent(scope, any -> new ArrayList<>()).add(month.segment());
          }
        });
    SparkSession spark = inputs.read(FLOW).sparkSession();
    List<Row> rows = new ArrayList<>();
    scopes.forEach(
        (scope, segments) -> {
          // what waits unapplied has rows, but is no balance
          if (IndexChange.before(segments) != null || IndexChange.after(segments) != null) {
            rows.add(row(scope, segments));
          }
        });
    return Map.of(TABLE, spark.createDataFrame(rows, Contracts.load().contract(TABLE).schema()));
  }

  /** A segment of a portfolio at a close. */
  private record Cell(LocalDate close, String currency, String portfolio, String segment) {

    static Cell of(Row row) {
      return new Cell(
          row.<Date>getAs("as_of").toLocalDate(),
          row.getAs("currency"),
          row.getAs("portfolio_id"),
          row.getAs("segment"));
    }
  }

  /** What an index is told of: a currency as a whole, or one of its portfolios. */
  private record Scope(LocalDate close, String currency, String scope, String portfolio) {

    static final Comparator<Scope> ORDER =
        Comparator.comparing(Scope::close)
            .thenComparing(Scope::currency)
            .thenComparing(Scope::scope)
            .thenComparing(Scope::portfolio, Comparator.nullsFirst(Comparator.naturalOrder()));

    static List<Scope> of(Cell cell) {
      return List.of(
          new Scope(cell.close, cell.currency, "currency", null),
          new Scope(cell.close, cell.currency, "portfolio", cell.portfolio));
    }
  }

  private static final class Month {
    private BigDecimal overdueBefore = BigDecimal.ZERO;
    private BigDecimal openBefore = BigDecimal.ZERO;
    private BigDecimal overdue = BigDecimal.ZERO;
    private BigDecimal open = BigDecimal.ZERO;
    private BigDecimal instalments = BigDecimal.ZERO;
    private final Map<Part, BigDecimal> left = new EnumMap<>(Part.class);
    private final Map<Part, BigDecimal> leftOverdue = new EnumMap<>(Part.class);

    Segment segment() {
      return new Segment(overdueBefore, openBefore, overdue, open, instalments, left, leftOverdue);
    }
  }

  private static Month month(Map<Cell, Month> months, Row row) {
    return months.computeIfAbsent(Cell.of(row), cell -> new Month());
  }

  private static void flows(Dataset<Row> flow, List<LocalDate> closes, Map<Cell, Month> months) {
    for (Row row : MartValues.at(FLOW, flow, closes, GROUP).collectAsList()) {
      Month month = month(months, row);
      month.overdueBefore = row.getAs("recovery_base_amount");
      month.openBefore = row.getAs("opening_amount");
      month.instalments = row.getAs("instalment_amount");
    }
  }

  private static void balances(
      Dataset<Row> balance, List<LocalDate> closes, Map<Cell, Month> months) {
    for (Row row : MartValues.at(BALANCE, balance, closes, GROUP).collectAsList()) {
      Month month = month(months, row);
      month.overdue = row.getAs("overdue_amount");
      month.open = row.getAs("open_amount");
    }
  }

  private void exits(Dataset<Row> roll, List<LocalDate> closes, Map<Cell, Month> months) {
    Map<String, Part> ways =
        Map.of(
            "paid", Part.RECOVERIES,
            "credited", Part.CREDITS,
            "written_off", Part.WRITE_OFFS,
            "restructured", Part.AGREEMENTS);
    List<String> overdue = ageing.labels().subList(1, ageing.labels().size());
    List<String> keys = new ArrayList<>(GROUP);
    keys.addAll(List.of("from_state", "to_state"));
    for (Row row : MartValues.at(ROLL, roll, closes, keys).collectAsList()) {
      Part way = ways.get(row.<String>getAs("to_state"));
      if (way != null) {
        Month month = month(months, row);
        BigDecimal amount = row.getAs("amount");
        month.left.merge(way, amount, BigDecimal::add);
        if (overdue.contains(row.<String>getAs("from_state"))) {
          month.leftOverdue.merge(way, amount, BigDecimal::add);
        }
      }
    }
  }

  private static Row row(Scope scope, List<Segment> segments) {
    Map<Part, BigDecimal> parts = IndexChange.of(segments);
    BigDecimal before = IndexChange.before(segments);
    BigDecimal after = IndexChange.after(segments);
    List<Object> row = new ArrayList<>();
    row.add(Date.valueOf(scope.close));
    row.add(Date.valueOf(scope.close.withDayOfMonth(1).minusDays(1)));
    row.add(scope.currency);
    row.add(scope.scope);
    row.add(scope.portfolio);
    row.add(before);
    row.add(after);
    row.add(before == null || after == null ? null : after.subtract(before));
    for (Part part : Part.values()) {
      row.add(parts.get(part));
    }
    row.add(amount(segments, Segment::overdueBefore));
    row.add(amount(segments, Segment::openBefore));
    row.add(amount(segments, Segment::overdue));
    row.add(amount(segments, Segment::open));
    return RowFactory.create(row.toArray());
  }

  private static BigDecimal amount(List<Segment> segments, Function<Segment, BigDecimal> of) {
    return segments.stream()
        .map(of)
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
