package io.recupero.mart;

import io.recupero.compliance.ContactRules;
import io.recupero.contract.Contracts;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges every contact by the contact rules: {@code gold.contact_findings}. A finding can be taken
 * back by what comes later, so the table is made whole; it asks for no ledger.
 */
public final class ContactFindingsJob implements Job {

  private static final List<String> WORK = List.of("contacts", "agents", "customers");

  private final Marts findings;
  private final ContactRules rules;

  /**
   * Makes the job.
   *
   * @param findings see {@link Marts#findings}
   * @param rules what contacts are judged by
   */
  public ContactFindingsJob(Marts findings, ContactRules rules) {
    this.findings = findings;
    this.rules = rules;
  }

  @Override
  public String name() {
    return "contact_findings";
  }

  @Override
  public List<String> inputs() {
    return Stream.of(
            Stream.of(MartJob.INVOICES, MartJob.ATTRIBUTES, Lookups.HOLIDAYS),
            WORK.stream().map(name -> "silver." + name))
        .flatMap(tables -> tables)
        .toList();
  }

  @Override
  public List<String> outputs() {
    return findings.names();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("timezone", findings.zone().getId());
    settings.put("contact_rules", rules.fingerprint());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    Dataset<Row> noLedger =
        inputs
            .read(MartJob.INVOICES)
            .sparkSession()
            .createDataFrame(List.of(), Contracts.load().contract(MartJob.LEDGER).schema());
    MartInputs from =
        new MartInputs(noLedger, inputs.read(MartJob.INVOICES), inputs.read(MartJob.ATTRIBUTES))
            .with(WorkFrames.of(inputs, WORK), findings.zone())
            .with(Lookups.ofContacts(inputs::find, rules, findings.zone()));
    return findings.tables(from);
  }
}
