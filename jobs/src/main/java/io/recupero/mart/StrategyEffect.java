package io.recupero.mart;

import static org.apache.spark.sql.functions.col;

import io.recupero.contract.Contracts;
import io.recupero.mart.MartWalker.Role;
import io.recupero.walk.GroupWalk;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What strategies change: each treatment against the control arm of its segment, month by month, in
 * {@code gold.strategy_effect}.
 *
 * <p>A treatment is told by the name of its arm: {@code strategy_id} is one assignment's own.
 * Without a strategies file, or before anybody was assigned, there are no rows.
 */
final class StrategyEffect {

  static final String TABLE = "gold.strategy_effect";

  /** The record of work that it is made of. */
  static final List<String> WORK = List.of("strategies", "contacts", "surveys", "disputes");

  private final LocalDate horizon;
  private final ZoneId zone;
  private final int graceDays;

  /**
   * Compares up to a day.
   *
   * @param horizon the last day that counts, the run's as-of date
   * @param zone the creditor's time zone, in which a contact's day is told
   */
  StrategyEffect(LocalDate horizon, ZoneId zone, int graceDays) {
    this.horizon = horizon;
    this.zone = zone;
    this.graceDays = graceDays;
  }

  static StructType schema() {
    return Contracts.load().contract(TABLE).schema();
  }

  /** Returns the table. */
  Dataset<Row> of(Dataset<Row> ledger, Dataset<Row> invoices, WorkFrames work) {
    Optional<Dataset<Row>> strategies = work.find("strategies");
    if (strategies.isEmpty()) {
      return ledger.sparkSession().createDataFrame(List.of(), schema());
    }
    int last = (int) horizon.toEpochDay();
    EnumSet<StrategyMeasure> withData = EnumSet.allOf(StrategyMeasure.class);
    withData.removeIf(measure -> !measure.isIn(work));
    return GroupWalk.over(
        months(rows(ledger, invoices, work, strategies.get())),
        schema(),
        () -> new StrategyEffects(last, withData));
  }

  /** Returns what each customer adds to its arm, as {@link StrategyMonths} says. */
  private Dataset<Row> months(Dataset<Row> rows) {
    int last = (int) horizon.toEpochDay();
    Walked walked = new Walked(last, last, zone, Lookups.nothing(zone));
    int grace = graceDays;
    return GroupWalk.over(rows, StrategyMonths.schema(), () -> new StrategyMonths(walked, grace));
  }

  /** Only of customers that were ever assigned: the others need not travel. */
  private Dataset<Row> rows(
      Dataset<Row> ledger, Dataset<Row> invoices, WorkFrames work, Dataset<Row> strategies) {
    Dataset<Row> nobody =
        ledger
            .sparkSession()
            .createDataFrame(
                List.of(), Contracts.load().contract("silver.customer_attributes").schema());
    Dataset<Row> rows =
        MartRows.of(new MartInputs(ledger, invoices, nobody).with(needed(work), zone), Role.NOW);
    Dataset<Row> assigned = strategies.select(col("customer_id").as("assigned")).distinct();
    return rows.join(
        assigned, rows.col("customer_id").equalTo(assigned.col("assigned")), "left_semi");
  }

  private static WorkFrames needed(WorkFrames work) {
    Set<String> names = Set.copyOf(WORK);
    return new WorkFrames(
        work.frames().entrySet().stream()
            .filter(entry -> names.contains(entry.getKey()))
            .collect(Collectors.toMap(entry -> entry.getKey(), entry -> entry.getValue())));
  }
}
