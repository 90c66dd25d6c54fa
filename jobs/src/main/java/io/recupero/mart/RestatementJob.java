package io.recupero.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.recupero.contract.Contracts;
import io.recupero.contract.ExactSum;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.plan.Since;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Why the figures of dates that were published before say something else now: {@code
 * gold.restatements}.
 *
 * <p>The customers of whom anything changed up to those dates are walked once for each cause that
 * there is, from what was known to what is known: with the late charges, then with the corrections
 * too, and so on. What each step changes is that cause's; so the causes add up to the difference,
 * by construction. What the marts changed beyond that has no record behind it: a rule moved it.
 */
public final class RestatementJob implements Job {

  /** The job's name. */
  public static final String NAME = "restatements";

  /** The job's table; rows are only ever added to it. */
  public static final String TABLE = "gold.restatements";

  private static final String BALANCE = "gold.balance_daily";
  private static final String FLOW = "gold.flow_daily";
  private static final Map<String, List<String>> MEASURES =
      Map.of(
          BALANCE,
          List.of(
              "open_amount",
              "overdue_amount",
              "overdue_over_30_amount",
              "overdue_over_60_amount",
              "overdue_over_90_amount",
              "unapplied_amount"),
          FLOW,
          List.of("recovered_amount", "recovery_base_amount", "cash_amount"));
  private static final String AMOUNT = "DECIMAL(38, 4)";

  private final Published published;
  private final AgeingScheme ageing;
  private final int graceDays;
  private final ZoneId zone;

  /**
   * Makes the job.
   *
   * @param published the dates to explain, and between which releases
   */
  public RestatementJob(Published published, AgeingScheme ageing, int graceDays, ZoneId zone) {
    this.published = published;
    this.ageing = ageing;
    this.graceDays = graceDays;
    this.zone = zone;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        MartJob.LEDGER,
        MartJob.INVOICES,
        MartJob.ATTRIBUTES,
        Cause.PAYMENTS,
        Cause.ADJUSTMENTS,
        BALANCE,
        FLOW);
  }

  @Override
  public List<String> outputs() {
    return List.of(TABLE);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("marts", marts().toString());
    settings.put("timezone", zone.getId());
    return settings;
  }

  @Override
  public Write write(String output) {
    return Write.ADD;
  }

  @Override
  public boolean isDiary() {
    return true;
  }

  /** Without a run before there is nothing to explain. */
  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return Map.of(TABLE, nothing(inputs));
  }

  @Override
  public Optional<Map<String, Dataset<Row>>> additions(Since since) {
    if (published.dates().isEmpty()) {
      return Optional.of(Map.of(TABLE, nothing(since.now())));
    }
    Cause beyond = isOfOtherRules(since) ? Cause.RULE_CHANGE : Cause.UNEXPLAINED;
    Dataset<Row> rows = changed(since, beyond);
    for (Dataset<Row> one : explained(since)) {
      Dataset<Row> explained = since.now().shared(one);
      Dataset<Row> takenOff =
          explained
              .withColumn("amount", col("amount").multiply(lit(-1)).cast(AMOUNT))
              .withColumn("cause", lit(beyond.id()));
      rows = rows.unionByName(explained).unionByName(takenOff);
    }
    return Optional.of(Map.of(TABLE, told(rows)));
  }

  /** Due dates of business days are another table of invoices: that rule was switched. */
  private boolean isOfOtherRules(Since since) {
    return !since.settings().equals(settings())
        || since.before().present(MartJob.INVOICES) != since.now().present(MartJob.INVOICES);
  }

  private List<Mart> marts() {
    return List.of(new BalanceMart(ageing, graceDays), new FlowMart(graceDays));
  }

  private LocalDate last() {
    return published.dates().get(published.dates().size() - 1);
  }

  private static Dataset<Row> nothing(Inputs inputs) {
    return inputs
        .read(MartJob.LEDGER)
        .sparkSession()
        .createDataFrame(List.of(), Contracts.load().contract(TABLE).schema());
  }

  /** Returns what each cause changed. */
  private List<Dataset<Row>> explained(Since since) {
    return new Worlds(since, last())
        .steps(new Marts(marts(), last(), zone)).stream()
            .map(step -> atDates(step.changes(), step.cause()))
            .toList();
  }

  private Dataset<Row> atDates(Map<String, Dataset<Row>> tables, Cause cause) {
    return summed(
        tables.entrySet().stream()
            .map(table -> measured(table.getKey(), table.getValue(), cause, 1))
            .reduce(Dataset::unionByName)
            .orElseThrow());
  }

  /** Returns by how much the marts say something else at the published dates. */
  private Dataset<Row> changed(Since since, Cause cause) {
    List<Dataset<Row>> rows = new ArrayList<>();
    for (String mart : MEASURES.keySet()) {
      Optional<Dataset<Row>> added = since.added(mart);
      if (added.isPresent()) {
        rows.add(measured(mart, added.get(), cause, 1));
      } else {
        rows.add(apart(mart, addedUp(mart, since.now().read(mart)), cause, 1));
        rows.add(apart(mart, addedUp(mart, since.before().read(mart)), cause, -1));
      }
    }
    return summed(rows.stream().reduce(Dataset::unionByName).orElseThrow());
  }

  /**
   * Returns the changes of a mart, one row a measure, at the first published date that has them.
   */
  private Dataset<Row> measured(String mart, Dataset<Row> rows, Cause cause, int sign) {
    return apart(mart, dated(mart, rows), cause, sign);
  }

  private Dataset<Row> dated(String mart, Dataset<Row> rows) {
    List<String> columns = new ArrayList<>(Marts.DIMENSIONS);
    columns.add("ELEMENT_AT(FILTER(" + dates() + ", date -> date >= day), 1) AS first");
    columns.addAll(MEASURES.get(mart));
    return rows.where("day <= DATE'" + last() + "'").selectExpr(columns.toArray(String[]::new));
  }

  /** Adds up by date first: of a whole mart few rows are then left to be taken apart. */
  private Dataset<Row> addedUp(String mart, Dataset<Row> rows) {
    Dataset<Row> dated = dated(mart, rows);
    List<Column> sums =
        MEASURES.get(mart).stream()
            .map(measure -> ExactSum.of(measure, dated.schema().apply(measure).dataType()))
            .toList();
    return dated
        .groupBy(
            Stream.concat(Stream.of("first"), Marts.DIMENSIONS.stream())
                .map(functions::col)
                .toArray(Column[]::new))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  /** Returns a row a measure that is not zero. */
  private static Dataset<Row> apart(String mart, Dataset<Row> rows, Cause cause, int sign) {
    List<String> measures = MEASURES.get(mart);
    String each =
        measures.stream().map(it -> "'" + it + "', " + it).collect(Collectors.joining(", "));
    List<String> columns = new ArrayList<>(Marts.DIMENSIONS);
    columns.add("first");
    columns.add("STACK(" + measures.size() + ", " + each + ") AS (measure, part)");
    return rows.selectExpr(columns.toArray(String[]::new))
        .where("part <> 0")
        .withColumn("cause", lit(cause.id()))
        .withColumn("amount", col("part").multiply(lit(sign)).cast(AMOUNT))
        .drop("part");
  }

  private static Dataset<Row> summed(Dataset<Row> rows) {
    return rows.groupBy(columns("first")).agg(sum("amount").cast(AMOUNT).as("amount"));
  }

  /** Returns what is known at each published date: all that came until then. */
  private Dataset<Row> told(Dataset<Row> rows) {
    return rows.withColumn("as_of", expr("EXPLODE(FILTER(" + dates() + ", date -> date >= first))"))
        .groupBy(columns("as_of"))
        .agg(sum("amount").cast(AMOUNT).as("amount"))
        .where("amount <> 0")
        .select(
            Stream.concat(
                    Stream.of(
                        col("as_of"),
                        lit(published.from()).as("from_release"),
                        lit(published.to()).as("to_release"),
                        lit(Timestamp.from(published.fromKnownAt())).as("from_known_at"),
                        lit(Timestamp.from(published.knownAt())).as("known_at")),
                    Stream.concat(
                        Marts.DIMENSIONS.stream().map(functions::col),
                        Stream.of(col("measure"), col("cause"), col("amount"))))
                .toArray(Column[]::new))
        .coalesce(1);
  }

  private static Column[] columns(String date) {
    return Stream.concat(
            Stream.of(date),
            Stream.concat(Marts.DIMENSIONS.stream(), Stream.of("measure", "cause")))
        .map(functions::col)
        .toArray(Column[]::new);
  }

  private String dates() {
    return published.dates().stream()
        .map(date -> "DATE'" + date + "'")
        .collect(Collectors.joining(", ", "ARRAY(", ")"));
  }
}
