package io.recupero.ledger;

import io.recupero.contract.Contracts;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Builds {@code ledger.events} from the silver documents. */
public final class LedgerJob implements Job {

  private static final String EVENTS = "ledger.events";
  private static final String RESERVATIONS = "quarantine";

  private final StructType schema;
  private final boolean allocate;

  /**
   * Makes the job.
   *
   * @param contracts with that of the ledger
   * @param allocate whether waiting money goes to open invoices by itself
   */
  public LedgerJob(Contracts contracts, boolean allocate) {
    this.schema = contracts.contract(EVENTS).schema();
    this.allocate = allocate;
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "silver.invoices",
        "silver.payments",
        "silver.payment_applications",
        "silver.adjustments",
        "silver.refunds",
        RESERVATIONS);
  }

  @Override
  public List<String> outputs() {
    return List.of(EVENTS);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("automatic_allocation", Boolean.toString(allocate));
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    SilverFrames silver =
        new SilverFrames(
            inputs.read("silver.invoices"),
            inputs.find("silver.payments"),
            inputs.find("silver.payment_applications"),
            inputs.find(RESERVATIONS).map(LedgerJob::reservations),
            inputs.find("silver.adjustments"),
            inputs.find("silver.refunds"));
    return Map.of(EVENTS, Ledger.events(silver, schema, allocate));
  }

  /** Applications that wait: nothing of theirs is judged but what they claim of a payment. */
  private static Dataset<Row> reservations(Dataset<Row> quarantine) {
    return quarantine
        .where("`table` = 'payment_applications' AND payment_id IS NOT NULL")
        .selectExpr(
            "CONCAT_WS('|', file, CAST(record AS STRING), batch) AS id",
            "payment_id",
            "amount",
            "arrived_at AS known_at");
  }
}
