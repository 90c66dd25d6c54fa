package io.recupero.segment;

import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What segment each customer was in when, and under which rules: {@code gold.segment_history}. */
public final class SegmentHistoryJob implements Job {

  private final Optional<SegmentRules> rules;
  private final List<LocalDate> published;
  private final Instant knownAt;

  /**
   * Makes the job.
   *
   * @param rules that give the segments; empty where the customers file does
   * @param published the as-of dates of releases before, ascending
   * @param knownAt the run's knowledge time; null where nothing is published
   */
  public SegmentHistoryJob(
      Optional<SegmentRules> rules, List<LocalDate> published, Instant knownAt) {
    this.rules = rules;
    this.published = List.copyOf(published);
    this.knownAt = knownAt;
  }

  @Override
  public String name() {
    return "segment_history";
  }

  @Override
  public List<String> inputs() {
    return List.of(CustomerAttributes.TABLE, SegmentHistory.TABLE);
  }

  @Override
  public List<String> outputs() {
    return List.of(SegmentHistory.TABLE);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put(SegmentRules.FILE, rules.map(SegmentRules::fingerprint).orElse("given"));
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    return Map.of(
        SegmentHistory.TABLE,
        new SegmentHistory(rules, toldTo(), knownAt)
            .of(inputs.read(CustomerAttributes.TABLE), inputs.read(SegmentHistory.TABLE)));
  }

  /** Rules decide whole months; a file says segments up to the day it was taken for. */
  private LocalDate toldTo() {
    if (published.isEmpty()) {
      return null;
    }
    LocalDate last = published.get(published.size() - 1);
    return rules.isPresent() ? YearMonth.from(last).atEndOfMonth() : last;
  }
}
