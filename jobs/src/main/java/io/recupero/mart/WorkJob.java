package io.recupero.mart;

import io.recupero.compliance.ContactRules;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.plan.Since;
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
            Stream.of(Lookups.HOLIDAYS),
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
    return marts.tables(from(inputs), inputs::shared);
  }

  @Override
  public Optional<Map<String, Dataset<Row>>> additions(Since since) {
    if (LOOKED_UP.stream().anyMatch(table -> !isAsItWas(since, table))) {
      return Optional.empty();
    }
    return News.lastDay(since, settings(), marts)
        .flatMap(
            last ->
                News.of(since, RECORDS)
                    .map(
                        changed ->
                            marts.additions(
                                from(since.before()),
                                from(since.now()),
                                changed,
                                last,
                                since.now()::shared)));
  }

  private static boolean isAsItWas(Since since, String table) {
    return since.added(table).filter(Since::isNothing).isPresent();
  }

  private MartInputs from(Inputs inputs) {
    return MartJob.from(inputs)
        .with(WorkFrames.of(inputs, WorkFrames.INPUTS), marts.zone())
        .with(Lookups.ofContacts(inputs::find, rules, marts.zone()));
  }
}
