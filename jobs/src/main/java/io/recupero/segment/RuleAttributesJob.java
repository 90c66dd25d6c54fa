package io.recupero.segment;

import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers as dimensions, with the segment that rules give them: through each month the one that
 * follows from how they had paid by the close of the month before, as it was known then.
 */
public final class RuleAttributesJob implements Job {

  /**
   * Jobs of one name: where a lake changes from one to the other, its attributes are made again.
   */
  static final String NAME = "customer_attributes";

  private final SegmentRules rules;
  private final LocalDate asOf;
  private final ZoneId zone;

  /**
   * Makes the job.
   *
   * @param asOf the last day that needs a segment
   * @param zone the creditor's time zone, in which months close
   */
  public RuleAttributesJob(SegmentRules rules, LocalDate asOf, ZoneId zone) {
    this.rules = rules;
    this.asOf = asOf;
    this.zone = zone;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return FeatureInputs.TABLES;
  }

  @Override
  public List<String> outputs() {
    return List.of(CustomerAttributes.TABLE);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = settings("rules");
    settings.put(SegmentRules.FILE, rules.fingerprint());
    settings.put("timezone", zone.getId());
    // Segments change with the month: another day of the same month needs no others.
    settings.put("month", YearMonth.from(asOf).toString());
    return settings;
  }

  static Map<String, String> settings(String segments) {
    Map<String, String> settings =
        new HashMap<>(Fingerprint.ofContracts(List.of(CustomerAttributes.TABLE)));
    settings.put("segments", segments);
    return settings;
  }

  /**
   * Builds the attributes.
   *
   * @throws io.recupero.rules.InvalidRulesException where exclusive rules leave customers in no
   *     segment or in several
   */
  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    FeatureInputs of = FeatureInputs.of(inputs);
    List<AsOf> closes = AsOf.monthCloses(firstDay(of.invoices()).orElse(asOf), asOf, zone);
    Dataset<Row> features = CustomerFeatures.at(closes, zone).withNewcomers().of(of);
    if (rules.canHaveFindings()) {
      features = inputs.shared(features);
      rules.requireNoFindings(features);
    }
    return Map.of(
        CustomerAttributes.TABLE,
        CustomerAttributes.byRules(inputs.read("silver.customers"), features, rules));
  }

  private static Optional<LocalDate> firstDay(Dataset<Row> invoices) {
    return Optional.ofNullable(
            invoices.selectExpr("CAST(MIN(issue_date) AS STRING)").first().getString(0))
        .map(LocalDate::parse);
  }
}
