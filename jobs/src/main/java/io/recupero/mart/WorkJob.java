package io.recupero.mart;

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

  private static final String RATES = "silver.fx_rates";

  private final Marts marts;

  /** Makes the job of a set of marts. */
  public WorkJob(Marts marts) {
    this.marts = marts;
  }

  @Override
  public String name() {
    return "work";
  }

  @Override
  public List<String> inputs() {
    return Stream.concat(
            Stream.of(MartJob.LEDGER, MartJob.INVOICES, MartJob.ATTRIBUTES, RATES),
            WorkFrames.INPUTS.stream().map(name -> "silver." + name))
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
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    MartInputs from =
        MartJob.from(inputs)
            .with(WorkFrames.of(inputs, WorkFrames.INPUTS), marts.zone())
            .with(inputs.find(RATES).map(ExchangeRates::of).orElse(ExchangeRates.NONE));
    return marts.tables(from);
  }
}
