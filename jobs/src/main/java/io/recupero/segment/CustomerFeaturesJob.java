package io.recupero.segment;

import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How customers pay, as of the run's date: {@code gold.customer_features}. */
public final class CustomerFeaturesJob implements Job {

  private final LocalDate asOf;
  private final ZoneId zone;
  private final Instant knownAt;

  /**
   * Makes the job.
   *
   * @param zone the creditor's time zone, in which the as-of date ends and a contact's day is told
   * @param knownAt the run's knowledge time; null where it has none
   */
  public CustomerFeaturesJob(LocalDate asOf, ZoneId zone, Instant knownAt) {
    this.asOf = asOf;
    this.zone = zone;
    this.knownAt = knownAt;
  }

  @Override
  public String name() {
    return "customer_features";
  }

  @Override
  public List<String> inputs() {
    return FeatureInputs.TABLES;
  }

  @Override
  public List<String> outputs() {
    return List.of(CustomerFeatures.TABLE);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("as_of", asOf.toString());
    settings.put("timezone", zone.getId());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return Map.of(
        CustomerFeatures.TABLE,
        CustomerFeatures.at(List.of(AsOf.ofRun(asOf, zone, knownAt)), zone)
            .of(FeatureInputs.of(inputs)));
  }
}
