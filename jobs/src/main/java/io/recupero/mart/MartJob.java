package io.recupero.mart;

import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds every mart of receivables from the ledger, in one shuffle. */
public final class MartJob implements Job {

  static final String LEDGER = "ledger.events";
  static final String INVOICES = "silver.invoices";
  static final String ATTRIBUTES = "silver.customer_attributes";

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
    return List.of(LEDGER, INVOICES, ATTRIBUTES);
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
    return marts.tables(inputs.read(LEDGER), inputs.read(INVOICES), inputs.read(ATTRIBUTES));
  }
}
