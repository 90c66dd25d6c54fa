package io.recupero.plan;

import io.recupero.lake.Release.Stamp;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a run of a plan did.
 *
 * @param versions every table's version after the run, those that it only read too
 * @param stamps job name to what it read and wrote; of skipped jobs, what their last run left
 * @param entries one for each table of each job, in the order of the plan
 */
public record Outcome(Map<String, Long> versions, Map<String, Stamp> stamps, List<Entry> entries) {

  /**
   * What became of one table.
   *
   * @param version the table's version after the run
   * @param rows rows written; 0 where the job was skipped, -1 where the log does not say
   * @param seconds how long its job took, with all its tables
   * @param reasons why the job ran; empty where it was skipped
   */
  public record Entry(
      String job,
      String table,
      Map<String, Long> read,
      long version,
      Map<String, String> settings,
      long rows,
      BigDecimal seconds,
      List<Reason> reasons) {}
}
