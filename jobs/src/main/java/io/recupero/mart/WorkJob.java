package io.recupero.mart;

import io.recupero.compliance.ContactRules;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds the marts of the work of collecting from its record and the ledger, in one shuffle. */
public final class WorkJob implements Job {

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
    MartInputs from =
        MartJob.from(inputs)
            .with(WorkFrames.of(inputs, WorkFrames.INPUTS), marts.zone())
            .with(Lookups.of(inputs::find, rules, marts.zone()));
    return marts.tables(from);
  }
}
