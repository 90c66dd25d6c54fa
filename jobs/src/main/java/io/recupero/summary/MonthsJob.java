package io.recupero.summary;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.contract.ExactSum;
import io.recupero.contract.Monthly;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.plan.Since;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The marts by month and by few dimensions, for all who ask at the closes of months: a hundredth of
 * the rows. What a night adds to a mart is added here too.
 *
 * <p>A row's day is the last of its month. So the sum of the rows up to the close of a month is
 * what the mart says then, and the sum of all rows what it says at the as-of date: {@link #upTo}.
 */
public final class MonthsJob implements Job {

  /**
   * Returns rows of a monthly table for whoever asks at closes and at the as-of date alone: those
   * of the month that is not over are dated to the as-of date.
   */
  static Dataset<Row> upTo(Dataset<Row> months, LocalDate asOf) {
    return months.withColumn("day", expr("LEAST(day, DATE'" + asOf + "')"));
  }

  @Override
  public String name() {
    return "months";
  }

  @Override
  public List<String> inputs() {
    return Monthly.marts();
  }

  @Override
  public List<String> outputs() {
    return Monthly.marts().stream().map(Monthly::of).toList();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(Monthly.marts()));
    // tables of before had sums in the digits of one amount
    settings.put("sums", "38 digits");
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    Map<String, Dataset<Row>> tables = new HashMap<>();
    Monthly.marts().forEach(mart -> tables.put(Monthly.of(mart), months(mart, inputs.read(mart))));
    return tables;
  }

  @Override
  public Optional<Map<String, Dataset<Row>>> additions(Since since) {
    Map<String, Dataset<Row>> tables = new HashMap<>();
    for (String mart : Monthly.marts()) {
      Optional<Dataset<Row>> added = since.added(mart);
      if (added.isEmpty() || !since.settings().equals(settings())) {
        return Optional.empty();
      }
      tables.put(Monthly.of(mart), months(mart, added.get()));
    }
    return Optional.of(tables);
  }

  private static Dataset<Row> months(String mart, Dataset<Row> rows) {
    Contract contract = Contracts.load().contract(Monthly.of(mart));
    Contract daily = Contracts.load().contract(mart);
    List<String> parts =
        Stream.concat(contract.amounts().stream(), contract.counts().stream()).toList();
    List<String> keys = contract.names().stream().filter(name -> !parts.contains(name)).toList();
    List<Column> sums =
        parts.stream().map(part -> ExactSum.of(part, daily.column(part).type())).toList();
    return rows.withColumn("day", expr("LAST_DAY(day)"))
        .groupBy(keys.stream().map(key -> col(key)).toArray(Column[]::new))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .where(String.join(" <> 0 OR ", parts) + " <> 0")
        .select(contract.names().stream().map(name -> col(name)).toArray(Column[]::new))
        .coalesce(1);
  }
}
