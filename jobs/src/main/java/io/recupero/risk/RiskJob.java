package io.recupero.risk;

import static org.apache.spark.sql.functions.col;

import io.recupero.compliance.ContactRules;
import io.recupero.contract.Contracts;
import io.recupero.mart.Lookups;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.segment.AsOf;
import io.recupero.segment.CashWeeks;
import io.recupero.segment.CustomerFeatures;
import io.recupero.segment.DocumentFeatures;
import io.recupero.segment.FeatureInputs;
import io.recupero.segment.SegmentRules;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who will pay late, whom to contact next, what cash to expect: made by the model in use. It is a
 * job of a run only where a model was ever trained, so that a lake without one costs nothing.
 */
public final class RiskJob implements Job {

  private static final String INVOICES = "silver.invoices";
  private static final String CUSTOMERS = "silver.customers";
  private static final String CONTACTS = "silver.contacts";
  private static final String HOLIDAYS = "silver.holidays";

  private final RiskModels models;
  private final RiskCard card;
  private final AsOf now;
  private final ZoneId zone;
  private final ContactRules contactRules;
  private final SegmentRules segments;

  /**
   * Makes the job.
   *
   * @param models the models of the lake
   * @param card that of the model in use
   * @param knownAt the run's knowledge time; null where it has none
   */
  public RiskJob(
      RiskModels models,
      RiskCard card,
      LocalDate asOf,
      ZoneId zone,
      Instant knownAt,
      ContactRules contactRules,
      SegmentRules segments) {
    this.models = models;
    this.card = card;
    this.now = AsOf.ofRun(asOf, zone, knownAt);
    this.zone = zone;
    this.contactRules = contactRules;
    this.segments = segments;
  }

  /**
   * Returns the job of a lake; none where no model was ever trained in it.
   *
   * @param knownAt as for the constructor
   */
  public static Optional<Job> ofLake(
      Path lake, LocalDate asOf, ZoneId zone, Instant knownAt, ContactRules contactRules) {
    RiskModels models = RiskModels.of(lake);
    return models
        .current()
        .map(
            card ->
                new RiskJob(models, card, asOf, zone, knownAt, contactRules, SegmentRules.load()));
  }

  @Override
  public String name() {
    return "risk";
  }

  @Override
  public List<String> inputs() {
    List<String> tables = new ArrayList<>(FeatureInputs.TABLES);
    tables.add(CustomerFeatures.TABLE);
    tables.add(HOLIDAYS);
    return List.copyOf(tables);
  }

  @Override
  public List<String> outputs() {
    return List.of(InvoiceRisk.TABLE, Worklist.TABLE, CashForecast.TABLE, CashForecast.BACK_TEST);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("as_of", now.day().toString());
    settings.put("timezone", zone.getId());
    settings.put("model", "risk-" + card.number());
    settings.put("contact_rules", contactRules.fingerprint());
    settings.put("segment_rules", segments.fingerprint());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    FeatureInputs from = FeatureInputs.of(inputs);
    CashWeeks weeks = CashWeeks.before(now, CashForecast.WEEKS_BACK, zone);
    Dataset<Row> book = inputs.shared(weeks.book(from));
    CashForecast cash = new CashForecast(now.day(), weeks.of(from), book);
    Dataset<Row> customers = inputs.read(CustomerFeatures.TABLE);
    Dataset<Row> rows =
        inputs.shared(
            RiskRows.of(customers, DocumentFeatures.at(List.of(now), zone).of(from), segments));
    RiskModel model = models.load(card.number());
    Dataset<Row> risk = inputs.shared(InvoiceRisk.of(rows, cash.paid(book), model));
    Dataset<Row> worklist =
        new Worklist(now.day(), zone, segments)
            .of(
                risk,
                inputs.find(CUSTOMERS).map(it -> current(it, "customer_id", "valid_from")),
                inputs.find(CONTACTS).map(it -> current(it, "contact_id")).map(this::byNow),
                customers,
                Lookups.of(
                        table -> table.equals(HOLIDAYS) ? inputs.find(table) : Optional.empty(),
                        contactRules,
                        zone)
                    .judge());
    return Map.of(
        InvoiceRisk.TABLE,
        withPortfolio(risk, inputs.read(INVOICES)),
        Worklist.TABLE,
        worklist,
        CashForecast.TABLE,
        cash.table(rows.sparkSession()),
        CashForecast.BACK_TEST,
        cash.backTest(rows.sparkSession()));
  }

  private Dataset<Row> withPortfolio(Dataset<Row> risk, Dataset<Row> invoices) {
    Column[] columns =
        Contracts.load().contract(InvoiceRisk.TABLE).names().stream()
            .map(org.apache.spark.sql.functions::col)
            .toArray(Column[]::new);
    return risk.join(
            current(invoices, "invoice_id").select("invoice_id", "portfolio_id"),
            new String[] {"invoice_id"},
            "left")
        .select(columns);
  }

  /** Returns of each record the version that is known last. */
  private Dataset<Row> current(Dataset<Row> versions, String... keys) {
    return versions
        .where(col("known_at").leq(Timestamp.from(now.known())))
        .withColumn(
            "_newest",
            org.apache.spark.sql.functions.expr(
                "ROW_NUMBER() OVER (PARTITION BY %s ORDER BY known_at DESC)"
                    .formatted(String.join(", ", keys))))
        .where("_newest = 1")
        .drop("_newest");
  }

  private Dataset<Row> byNow(Dataset<Row> contacts) {
    Instant end = now.day().plusDays(1).atStartOfDay(zone).toInstant();
    return contacts.where(col("started_at").lt(Timestamp.from(end)));
  }
}
