package io.recupero.segment;

import io.recupero.lake.ReleasedLake;
import io.recupero.ledger.DueDatesJob;
import io.recupero.plan.Inputs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What features are made of: the ledger's events and silver frames, with all versions of their
 * records and their {@code known_at}; the version that stood at a date is found here.
 *
 * <p>A table the source does not have is empty here, and the features that need it are null. A
 * table that is there without rows gives zeros.
 *
 * @param adjustments only whether it is there matters: its amounts are in the ledger
 */
public record FeatureInputs(
    Dataset<Row> events,
    Dataset<Row> invoices,
    Optional<Dataset<Row>> payments,
    Optional<Dataset<Row>> adjustments,
    Optional<Dataset<Row>> customers,
    Optional<Dataset<Row>> contacts,
    Optional<Dataset<Row>> promises,
    Optional<Dataset<Row>> disputes,
    Optional<Dataset<Row>> plans) {

  /** The tables that features are made of. */
  public static final List<String> TABLES =
      List.of(
          "ledger.events",
          "silver.invoices",
          "silver.payments",
          "silver.adjustments",
          "silver.customers",
          "silver.contacts",
          "silver.promises",
          "silver.disputes",
          "silver.plans");

  /**
   * Returns the tables of a release as inputs of features.
   *
   * @param lake whose ledger has been built, as every release's has
   */
  public static FeatureInputs of(ReleasedLake lake) {
    // Days late are counted from the due dates that the release's figures stand on.
    boolean onBusinessDay =
        Boolean.parseBoolean(lake.release().settings().get("due_on_business_day"));
    return new FeatureInputs(
        lake.read("ledger.events"),
        lake.read(onBusinessDay ? DueDatesJob.TABLE : "silver.invoices"),
        find(lake, "silver.payments"),
        find(lake, "silver.adjustments"),
        find(lake, "silver.customers"),
        find(lake, "silver.contacts"),
        find(lake, "silver.promises"),
        find(lake, "silver.disputes"),
        find(lake, "silver.plans"));
  }

  /** Returns the same without what was learned after a time: that moment still counts. */
  public FeatureInputs knownBy(Instant time) {
    UnaryOperator<Dataset<Row>> known = table -> table.where("known_at <= TIMESTAMP'" + time + "'");
    return new FeatureInputs(
        known.apply(events),
        known.apply(invoices),
        payments.map(known),
        adjustments.map(known),
        customers.map(known),
        contacts.map(known),
        promises.map(known),
        disputes.map(known),
        plans.map(known));
  }

  private static Optional<Dataset<Row>> find(ReleasedLake lake, String table) {
    return lake.tables().contains(table) ? Optional.of(lake.read(table)) : Optional.empty();
  }

  /** Returns a job's inputs as those of features. */
  public static FeatureInputs of(Inputs inputs) {
    return new FeatureInputs(
        inputs.read("ledger.events"),
        inputs.read("silver.invoices"),
        inputs.find("silver.payments"),
        inputs.find("silver.adjustments"),
        inputs.find("silver.customers"),
        inputs.find("silver.contacts"),
        inputs.find("silver.promises"),
        inputs.find("silver.disputes"),
        inputs.find("silver.plans"));
  }
}
