package io.recupero.mart;

import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Builds {@code gold.strategy_effect}. A job of its own, because only the customers that were
 * assigned to an arm are walked: without a strategies file it does nothing.
 */
public final class StrategyJob implements Job {

  private final LocalDate asOf;
  private final ZoneId zone;
  private final int graceDays;

  /**
   * Makes the job.
   *
   * @param asOf the last day that counts
   * @param zone the creditor's time zone, in which a contact's day is told
   * @param graceDays days after the due date on which nothing is overdue yet
   */
  public StrategyJob(LocalDate asOf, ZoneId zone, int graceDays) {
    this.asOf = asOf;
    this.zone = zone;
    this.graceDays = graceDays;
  }

  @Override
  public String name() {
    return "strategy_effect";
  }

  @Override
  public List<String> inputs() {
    return Stream.concat(
            Stream.of(MartJob.LEDGER, MartJob.INVOICES),
            StrategyEffect.WORK.stream().map(name -> "silver." + name))
        .toList();
  }

  @Override
  public List<String> outputs() {
    return List.of(StrategyEffect.TABLE);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put(Marts.AS_OF, asOf.toString());
    settings.put("timezone", zone.getId());
    settings.put("grace_days", Integer.toString(graceDays));
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return Map.of(
        StrategyEffect.TABLE,
        new StrategyEffect(asOf, zone, graceDays)
            .of(
                inputs.read(MartJob.LEDGER),
                inputs.read(MartJob.INVOICES),
                WorkFrames.of(inputs, StrategyEffect.WORK)));
  }
}
