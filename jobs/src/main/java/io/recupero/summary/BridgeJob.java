package io.recupero.summary;

import static org.apache.spark.sql.functions.expr;

import io.recupero.contract.Contracts;
import io.recupero.contract.Monthly;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * From the balance at the start of each month to that at its end: {@code gold.month_bridge}; and
 * whether the marts say what the ledger says: {@code gold.reconciliation}.
 *
 * <p>The differences are columns: a run in which one is not zero must not be published.
 */
public final class BridgeJob implements Job {

  /** The bridge of each month. */
  public static final String BRIDGE = "gold.month_bridge";

  /** Totals told twice, and their difference. */
  public static final String RECONCILIATION = "gold.reconciliation";

  private static final String FLOW = Monthly.of("gold.flow_daily");
  private static final String BALANCE = "gold.balance_daily";
  private static final String LEDGER = "ledger.events";
  private static final List<String> WAYS_OUT =
      List.of(
          "cash_amount",
          "withheld_amount",
          "credited_amount",
          "restructured_amount",
          "written_off_amount");

  /** Beside the bridge: it moves no balance. */
  private static final String RECOVERED = "write_off_recovered_amount";

  private static final String[] MEASURES =
      Stream.concat(
              Stream.of(
                  "opening_amount",
                  "charged_amount",
                  "late_charge_amount",
                  "instalment_amount",
                  "closing_amount",
                  RECOVERED),
              WAYS_OUT.stream())
          .toArray(String[]::new);
  private static final String MONEY = "DECIMAL(38, 4)";

  private final LocalDate asOf;

  /** Makes the job up to a date. */
  public BridgeJob(LocalDate asOf) {
    this.asOf = asOf;
  }

  @Override
  public String name() {
    return "bridge";
  }

  @Override
  public List<String> inputs() {
    return List.of(FLOW, BALANCE, LEDGER, Closes.HISTORY);
  }

  @Override
  public List<String> outputs() {
    return List.of(BRIDGE, RECONCILIATION);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("as_of", asOf.toString());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return Map.of(
        BRIDGE,
        bridge(
            MonthsJob.upTo(inputs.read(FLOW), asOf), Closes.of(inputs.read(Closes.HISTORY), asOf)),
        RECONCILIATION,
        reconciliation(inputs.read(LEDGER), inputs.read(BALANCE)));
  }

  private static Dataset<Row> bridge(Dataset<Row> flow, List<LocalDate> closes) {
    List<Row> rows = new ArrayList<>();
    new MonthlySums(
            flow.selectExpr("day", "portfolio_id", "currency", MonthlySums.measures(MEASURES)),
            List.of("portfolio_id", "currency"),
            closes)
        .forEach((close, cell, measures) -> rows.add(row(close, cell, measures)));
    return flow.sparkSession()
        .createDataFrame(rows, Contracts.load().contract(BRIDGE).schema())
        .where(
            "opening_amount <> 0 OR billed_amount <> 0 OR late_charge_amount <> 0"
                + " OR instalment_amount <> 0 OR closing_amount <> 0 OR difference <> 0"
                + " OR recovered_amount <> 0");
  }

  private static Row row(LocalDate close, List<String> cell, Map<String, BigDecimal> measures) {
    Map<String, BigDecimal> of = new HashMap<>();
    for (String measure : MEASURES) {
      of.put(measure, measures.getOrDefault(measure, BigDecimal.ZERO));
    }
    BigDecimal left = of.get("opening_amount").add(of.get("charged_amount"));
    left = left.add(of.get("instalment_amount"));
    for (String way : WAYS_OUT) {
      left = left.subtract(of.get(way));
    }
    return RowFactory.create(
        Date.valueOf(close),
        cell.get(0),
        cell.get(1),
        of.get("opening_amount"),
        of.get("charged_amount").subtract(of.get("late_charge_amount")),
        of.get("late_charge_amount"),
        of.get("instalment_amount"),
        of.get("cash_amount"),
        of.get("withheld_amount"),
        of.get("credited_amount"),
        of.get("restructured_amount"),
        of.get("written_off_amount"),
        of.get("closing_amount"),
        left.subtract(of.get("closing_amount")),
        of.get(RECOVERED));
  }

  private static String money(String sql) {
    return "CAST(" + sql + " AS " + MONEY + ")";
  }

  private Dataset<Row> reconciliation(Dataset<Row> ledger, Dataset<Row> balance) {
    String day = "DATE'" + asOf + "'";
    Dataset<Row> ofLedger =
        ledger
            .where("kind <> 'write_off_recovery' AND effective_on <= " + day)
            .selectExpr(
                "IF(invoice_id IS NULL, 'unapplied', 'open') AS what",
                "currency",
                "amount AS of_ledger",
                "CAST(0 AS DECIMAL(18, 4)) AS of_marts");
    Dataset<Row> ofMarts =
        balance
            .where("day <= " + day)
            .selectExpr(
                "STACK(2, 'open', open_amount, 'unapplied', unapplied_amount) AS (what, of_marts)",
                "currency")
            .selectExpr("what", "currency", "CAST(0 AS DECIMAL(18, 4)) AS of_ledger", "of_marts");
    return ofLedger
        .unionByName(ofMarts)
        .groupBy("what", "currency")
        .agg(expr("SUM(of_ledger)").as("of_ledger"), expr("SUM(of_marts)").as("of_marts"))
        .selectExpr(
            day + " AS as_of",
            "what",
            "currency",
            money("of_ledger") + " AS ledger_amount",
            money("of_marts") + " AS mart_amount",
            money("of_ledger - of_marts") + " AS difference");
  }
}
