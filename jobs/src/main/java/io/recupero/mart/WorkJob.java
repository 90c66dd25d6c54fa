package io.recupero.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.recupero.compliance.ContactRules;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.plan.Since;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds the marts of the work of collecting from its record and the ledger, in one shuffle. */
public final class WorkJob implements Job {

  /** Those that name a customer or, disputes, an invoice. */
  private static final List<String> RECORDS =
      Stream.concat(
              Stream.of(MartJob.LEDGER, MartJob.INVOICES),
              WorkFrames.INPUTS.stream()
                  .filter(name -> !name.equals("agents"))
                  .map(name -> "silver." + name))
          .toList();

  /** Small tables that any customer's past may depend on. */
  private static final List<String> LOOKED_UP = List.of("silver.agents", Lookups.HOLIDAYS);

  /**
   * How long an invoice that ended is felt: the cures of a month are judged 90 days after it, and
   * stand for a month.
   */
  private static final Period CURES_FELT = Period.ofDays(200);

  private final Marts marts;
  private final ContactRules rules;

  /**
   * Makes the job of a set of marts.
   *
   * @param rules what contacts are judged by
   */
  public WorkJob(Marts marts, ContactRules rules) {
    this.marts = marts;
    this.rules = rules;
  }

  @Override
  public String name() {
    return "work";
  }

  @Override
  public List<String> inputs() {
    return Stream.of(
            Stream.of(MartJob.LEDGER, MartJob.INVOICES, MartJob.ATTRIBUTES),
            Lookups.TABLES.stream(),
            WorkFrames.INPUTS.stream().map(name -> "silver." + name))
        .flatMap(tables -> tables)
        .toList();
  }

  @Override
  public List<String> outputs() {
    return marts.names();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.putAll(marts.settings());
    settings.put("contact_rules", rules.fingerprint());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return marts.tables(from(inputs));
  }

  @Override
  public Optional<Map<String, Dataset<Row>>> additions(Since since) {
    Optional<Dataset<Row>> rates = since.added(Lookups.RATES);
    Optional<LocalDate> last = News.lastDay(since, settings(), marts);
    Optional<Dataset<Row>> changed = News.of(since, RECORDS);
    if (rates.isEmpty()
        || last.isEmpty()
        || changed.isEmpty()
        || LOOKED_UP.stream().anyMatch(table -> !isAsItWas(since, table))) {
      return Optional.empty();
    }
    boolean isRatedAnew =
        !Since.isNothing(rates.get())
            && !rates.get().where(col("rate_date").leq(lit(last.get()))).isEmpty();
    return Optional.of(
        marts.additions(
            from(since.before()),
            from(since.now()),
            isRatedAnew
                ? changed.get().unionByName(News.ofSeveralCurrencies(since.now()))
                : changed.get(),
            last.get(),
            CURES_FELT,
            since.now()::shared));
  }

  private static boolean isAsItWas(Since since, String table) {
    return since.added(table).filter(Since::isNothing).isPresent();
  }

  private MartInputs from(Inputs inputs) {
    return MartJob.from(inputs)
        .with(WorkFrames.of(inputs, WorkFrames.INPUTS), marts.zone())
        .with(Lookups.of(inputs::find, rules, marts.zone()));
  }
}
