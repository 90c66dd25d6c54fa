package io.recupero.ledger;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.recupero.contract.Contracts;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.plan.Since;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Builds {@code ledger.events} from the silver documents. */
public final class LedgerJob implements Job {

  private static final String EVENTS = "ledger.events";
  private static final String RESERVATIONS = "quarantine";
  private static final String WAITED = "_waited_since";

  /** As {@link #reservations} names what waits. */
  private static final String ID = "CONCAT_WS('|', _file, CAST(_record AS STRING), _batch) AS id";

  /** The columns of each table that name a customer whose balances a record moves. */
  private static final Map<String, List<String>> CUSTOMERS =
      Map.of(
          "silver.invoices", List.of("customer_id"),
          "silver.payments", List.of("customer_id"),
          "silver.payment_applications", List.of("payer_id", "owner_id"),
          "silver.adjustments", List.of("owner_id"),
          "silver.refunds", List.of("customer_id"));

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
    return Map.of(EVENTS, Ledger.events(silver(inputs), schema, allocate));
  }

  @Override
  public Optional<Map<String, Dataset<Row>>> additions(Since since) {
    if (!since.settings().equals(settings())) {
      return Optional.empty();
    }
    List<Dataset<Row>> touched = new ArrayList<>();
    for (Map.Entry<String, List<String>> named : CUSTOMERS.entrySet()) {
      Optional<Dataset<Row>> added = since.added(named.getKey());
      if (added.isEmpty()) {
        return Optional.empty();
      }
      Dataset<Row> records =
          named.getKey().equals("silver.adjustments")
              ? SilverFrames.withOwner(added.get())
              : added.get();
      for (String column : named.getValue()) {
        touched.add(records.select(col(column).as("customer_id")));
      }
    }
    touched.add(withOtherReservations(since));
    return Ledger.additions(
            silver(since.now()),
            touched.stream().reduce(Dataset::unionAll).orElseThrow(),
            since.output(EVENTS),
            schema,
            allocate,
            since.now()::shared)
        .map(events -> Map.of(EVENTS, events));
  }

  /** Returns the customers whose payments more, less or other money is kept back of than before. */
  private static Dataset<Row> withOtherReservations(Since since) {
    Dataset<Row> before = reservations(since.before().read(RESERVATIONS));
    Dataset<Row> now = reservations(since.now().read(RESERVATIONS));
    Dataset<Row> payments =
        now.exceptAll(before).unionAll(before.exceptAll(now)).select("payment_id").distinct();
    return since
        .now()
        .read("silver.payments")
        .join(
            broadcast(payments.withColumnRenamed("payment_id", "other")),
            col("payment_id").equalTo(col("other")),
            "left_semi")
        .select("customer_id");
  }

  private static SilverFrames silver(Inputs inputs) {
    return new SilverFrames(
        inputs.read("silver.invoices"),
        inputs.find("silver.payments"),
        inputs.find("silver.payment_applications"),
        reservations(inputs),
        inputs.find("silver.adjustments"),
        inputs.find("silver.refunds"));
  }

  /**
   * What waits, and what waited: while it did, its money was kept back, and whoever asks what was
   * known then is told so.
   */
  private static Optional<Dataset<Row>> reservations(Inputs inputs) {
    Optional<Dataset<Row>> waiting = inputs.find(RESERVATIONS).map(LedgerJob::reservations);
    Optional<Dataset<Row>> waited =
        inputs
            .find("silver.payment_applications")
            // a lake of before this column was there does not know
            .filter(it -> List.of(it.columns()).contains(WAITED))
            .map(it -> it.where(WAITED + " IS NOT NULL"))
            .map(
                it ->
                    it.selectExpr(
                            ID,
                            "payment_id",
                            "COALESCE(payment_amount, amount) AS amount",
                            WAITED + " AS known_at")
                        .unionByName(
                            it.selectExpr(
                                ID,
                                "payment_id",
                                "CAST(0 AS DECIMAL(18, 4)) AS amount",
                                "known_at")));
    return waiting.isPresent() && waited.isPresent()
        ? Optional.of(waiting.get().unionByName(waited.get()))
        : waiting.or(() -> waited);
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
