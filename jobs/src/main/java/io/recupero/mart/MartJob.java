package io.recupero.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.plan.Since;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds every mart of receivables from the ledger, in one shuffle. */
public final class MartJob implements Job {

  static final String LEDGER = "ledger.events";
  static final String INVOICES = "silver.invoices";
  static final String ATTRIBUTES = "silver.customer_attributes";
  private static final String DISPUTES = "silver.disputes";

  private final Marts marts;

  /** Makes the job of a set of marts. */
  public MartJob(Marts marts) {
    this.marts = marts;
  }

  @Override
  public String name() {
    return "marts";
  }

  @Override
  public List<String> inputs() {
    return List.of(LEDGER, INVOICES, ATTRIBUTES, DISPUTES, Lookups.RATES);
  }

  @Override
  public List<String> outputs() {
    return marts.names();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.putAll(marts.settings());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return marts.tables(whole(inputs), inputs::shared);
  }

  @Override
  public Optional<Map<String, Dataset<Row>>> additions(Since since) {
    Optional<Dataset<Row>> rates = since.added(Lookups.RATES);
    Optional<LocalDate> last = News.lastDay(since, settings(), marts);
    Optional<Dataset<Row>> changed = News.of(since, List.of(LEDGER, INVOICES, DISPUTES));
    if (rates.isEmpty() || last.isEmpty() || changed.isEmpty()) {
      return Optional.empty();
    }
    // A cure over several currencies depends on rates; one that comes late, on those of the past.
    boolean isRatedAnew =
        !Since.isNothing(rates.get())
            && !rates.get().where(col("rate_date").leq(lit(last.get()))).isEmpty();
    return Optional.of(
        marts.additions(
            whole(since.before()),
            whole(since.now()),
            isRatedAnew
                ? changed.get().unionByName(News.ofSeveralCurrencies(since.now()))
                : changed.get(),
            last.get(),
            since.now()::shared));
  }

  private MartInputs whole(Inputs inputs) {
    return from(inputs)
        .with(WorkFrames.of(inputs, List.of("disputes")), marts.zone())
        .with(Lookups.ofRates(inputs::find, marts.zone()));
  }

  static MartInputs from(Inputs inputs) {
    return new MartInputs(inputs.read(LEDGER), inputs.read(INVOICES), inputs.read(ATTRIBUTES));
  }

  static Dataset<Row> attributes(Inputs inputs) {
    List<Column> columns = new ArrayList<>(List.of(col("customer_id"), col("valid_from")));
    Marts.OF_CUSTOMERS.forEach(name -> columns.add(col(name)));
    return inputs.read(ATTRIBUTES).select(columns.toArray(Column[]::new));
  }
}
