package io.recupero.summary;

import io.recupero.contract.Contracts;
import io.recupero.contract.Monthly;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  private static final String FLOW = Monthly.of("gold.flow_daily");
  private static final String ROLL = Monthly.of("gold.roll_daily");
  private static final String BALANCE = Monthly.of("gold.balance_daily");
  private static final List<String> GROUP = List.of("currency", "portfolio_id", "segment");

  private static final Map<String, Part> WAYS_OUT =
      Map.of(
          "paid", Part.RECOVERIES,
          "credited", Part.CREDITS,
          "written_off", Part.WRITE_OFFS,
          "restructured", Part.AGREEMENTS);

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
    Map<Scope, List<Segment>> scopes = new TreeMap<>(Scope.ORDER);
    new MonthlySums(changes(inputs), GROUP, closes)
        .forEach(
            (close, cell, measures) -> {
              Segment segment = segment(measures);
              for (Scope scope : Scope.of(close, cell)) {
                scopes.computeIfAbsent(scope, any -> new ArrayList<>()).add(segment);
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

  /** What an index is told of: a currency as a whole, or one of its portfolios. */
  private record Scope(LocalDate close, String currency, String scope, String portfolio) {

    static final Comparator<Scope> ORDER =
        Comparator.comparing(Scope::close)
            .thenComparing(Scope::currency)
            .thenComparing(Scope::scope)
            .thenComparing(Scope::portfolio, Comparator.nullsFirst(Comparator.naturalOrder()));

    static List<Scope> of(LocalDate close, List<String> cell) {
      return List.of(
          new Scope(close, cell.get(0), "currency", null),
          new Scope(close, cell.get(0), "portfolio", cell.get(1)));
    }
  }

  private Dataset<Row> changes(Inputs inputs) {
    Dataset<Row> flow =
        MonthsJob.upTo(inputs.read(FLOW), asOf)
            .selectExpr(
                with(
                    MonthlySums.measures(
                        "recovery_base_amount", "opening_amount", "instalment_amount")));
    Dataset<Row> balance =
        MonthsJob.upTo(inputs.read(BALANCE), asOf)
            .selectExpr(with(MonthlySums.measures("overdue_amount", "open_amount")));
    String overdue =
        ageing.labels().stream()
            .skip(1)
            .map(label -> "'" + label.replace("'", "\\'") + "'")
            .collect(Collectors.joining(", "));
    Dataset<Row> exits =
        MonthsJob.upTo(inputs.read(ROLL), asOf)
            .where("to_state IN ('" + String.join("', '", WAYS_OUT.keySet()) + "')")
            .selectExpr(
                with(
                    "IF(from_state IN (" + overdue + "), 'late ', 'other ') || to_state AS measure",
                    "amount"));
    return flow.unionByName(balance).unionByName(exits);
  }

  private static String[] with(String... columns) {
    return Stream.of(Stream.of("day"), GROUP.stream(), Stream.of(columns))
        .flatMap(names -> names)
        .toArray(String[]::new);
  }

  private static Segment segment(Map<String, BigDecimal> measures) {
    Map<Part, BigDecimal> left = new EnumMap<>(Part.class);
    Map<Part, BigDecimal> leftOverdue = new EnumMap<>(Part.class);
    WAYS_OUT.forEach(
        (way, part) -> {
          BigDecimal late = amount(measures, "late " + way);
          left.put(part, late.add(amount(measures, "other " + way)));
          leftOverdue.put(part, late);
        });
    return new Segment(
        amount(measures, "recovery_base_amount"),
        amount(measures, "opening_amount"),
        amount(measures, "overdue_amount"),
        amount(measures, "open_amount"),
        amount(measures, "instalment_amount"),
        left,
        leftOverdue);
  }

  private static BigDecimal amount(Map<String, BigDecimal> measures, String measure) {
    return measures.getOrDefault(measure, BigDecimal.ZERO);
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
