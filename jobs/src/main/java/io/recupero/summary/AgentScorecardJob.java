package io.recupero.summary;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;

import io.recupero.kpi.MartValues;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The month of each agent: {@code gold.agent_scorecard}: work, quality, what came of it, and how
 * much of the month's target. A row a close, agent and currency; counts of contacts without an
 * invoice are in the row without one.
 */
public final class AgentScorecardJob implements Job {

  /** The table. */
  public static final String TABLE = "gold.agent_scorecard";

  private static final String CONTACTS = "gold.contact_daily";
  private static final String PROMISES = "gold.promise_daily";
  private static final String AGENTS = "silver.agents";
  private static final List<String> KEYS = List.of("agent_id", "currency");

  private final LocalDate asOf;

  /** Makes the job up to a date. */
  public AgentScorecardJob(LocalDate asOf) {
    this.asOf = asOf;
  }

  @Override
  public String name() {
    return "agent_scorecard";
  }

  @Override
  public List<String> inputs() {
    return List.of(CONTACTS, PROMISES, AGENTS, Closes.HISTORY);
  }

  @Override
  public List<String> outputs() {
    return List.of(TABLE);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("as_of", asOf.toString());
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    List<LocalDate> closes = Closes.of(inputs.read(Closes.HISTORY), asOf);
    Dataset<Row> contacts = at(CONTACTS, inputs, closes);
    Dataset<Row> promises = at(PROMISES, inputs, closes);
    Dataset<Row> agents =
        inputs
            .read(AGENTS)
            .groupBy("agent_id")
            .agg(
                expr("MAX_BY(STRUCT(name, team, agency, training_hours, monthly_target,"
                        + " currency AS target_currency), known_at)")
                    .as("agent"))
            .select("agent_id", "agent.*");
    return Map.of(
        TABLE,
        contacts
            .join(promises, on("as_of", "agent_id", "currency"), "full")
            .join(broadcast(agents), on("agent_id"), "left")
            .select(columns()));
  }

  private static Dataset<Row> at(String mart, Inputs inputs, List<LocalDate> closes) {
    // A currency that is missing must meet its like in the join.
    return MartValues.at(mart, inputs.read(mart).where("agent_id IS NOT NULL"), closes, KEYS)
        .withColumn("currency", expr("COALESCE(currency, '')"));
  }

  private static Seq<String> on(String... columns) {
    return CollectionConverters.asScala(List.of(columns)).toSeq();
  }

  private static Column[] columns() {
    return List.of(
            "as_of",
            "agent_id",
            "name",
            "team",
            "agency",
            "CAST(training_hours AS DECIMAL(18, 4)) AS training_hours",
            "NULLIF(currency, '') AS currency",
            count("attempt_count"),
            count("right_party_count"),
            count("right_party_seconds"),
            count("promise_count"),
            count("judged_count"),
            count("kept_count"),
            count("rating_sum"),
            count("rating_count"),
            count("receptivity_sum"),
            count("receptivity_count"),
            count("compliant_count"),
            count("violation_count"),
            amount("cost_amount"),
            amount("credited_amount"),
            "CAST(IF(target_currency = currency, monthly_target, NULL) AS DECIMAL(38, 4))"
                + " AS monthly_target",
            "CAST(IF(target_currency = currency, 100 * COALESCE(credited_amount, 0)"
                + " / NULLIF(monthly_target, 0), NULL) AS DOUBLE) AS target_attainment",
            "100D * DAYOFMONTH(as_of) / DAYOFMONTH(LAST_DAY(as_of)) AS month_share")
        .stream()
        .map(sql -> expr(sql))
        .toArray(Column[]::new);
  }

  private static String count(String part) {
    return "COALESCE(" + part + ", 0) AS " + part;
  }

  private static String amount(String part) {
    return "CAST(COALESCE(" + part + ", 0) AS DECIMAL(38, 4)) AS " + part;
  }
}
