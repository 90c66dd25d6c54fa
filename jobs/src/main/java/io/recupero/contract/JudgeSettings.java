package io.recupero.contract;

import java.time.ZoneId;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How to judge.
 *
 * @param zone the creditor's time zone: where the days of records end
 * @param firstBatch whether the lake holds nothing yet; a record without recorded_at then counts as
 *     known at the end of its own day, since a bulk load does not say when it was learned
 * @param known the silver tables already in the lake, by the input's name; may be empty
 * @param keep stores a table's records once they are judged one by one, because several later steps
 *     read them, and returns them without the plan that made them, since plans would grow from
 *     table to table; a local checkpoint by default, may write and read a temporary table instead
 */
public record JudgeSettings(
    ZoneId zone,
    boolean firstBatch,
    Map<String, Dataset<Row>> known,
    UnaryOperator<Dataset<Row>> keep) {

  public JudgeSettings {
    known = Map.copyOf(known);
  }

  /** Returns the settings for a lake that holds something: nothing known is handed over yet. */
  public static JudgeSettings in(ZoneId zone) {
    return new JudgeSettings(zone, false, Map.of(), frame -> frame.localCheckpoint(true));
  }

  /** Returns these settings for the first batch ever taken into a lake. */
  public JudgeSettings forFirstBatch() {
    return new JudgeSettings(zone, true, known, keep);
  }

  /** Returns these settings with the silver tables already in the lake. */
  public JudgeSettings knowing(Map<String, Dataset<Row>> silver) {
    return new JudgeSettings(zone, firstBatch, silver, keep);
  }

  /** Returns these settings with another way to store what several steps read. */
  public JudgeSettings keeping(UnaryOperator<Dataset<Row>> store) {
    return new JudgeSettings(zone, firstBatch, known, store);
  }
}
