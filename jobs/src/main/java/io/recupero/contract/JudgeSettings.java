package io.recupero.contract;

import java.time.ZoneId;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How to judge.
 *
 * @param zone the creditor's time zone: where the days of records end
 * @param firstBatch whether the lake holds nothing yet; a record without recorded_at then counts as
 *     known at the end of its own day, since a bulk load does not say when it was learned
 * @param maxDaysAhead how many days after its arrival a record may be dated
 * @param known the silver tables already in the lake, by the input's name; may be empty
 * @param storage where records are kept meanwhile
 */
public record JudgeSettings(
    ZoneId zone,
    boolean firstBatch,
    int maxDaysAhead,
    Map<String, Dataset<Row>> known,
    Storage storage) {

  /** A year, and a day: what is agreed for the next year is dated so. */
  public static final int MAX_DAYS_AHEAD = 366;

  public JudgeSettings {
    known = Map.copyOf(known);
  }

  /** Returns the settings for a lake that holds something: nothing known is handed over yet. */
  public static JudgeSettings in(ZoneId zone) {
    return new JudgeSettings(zone, false, MAX_DAYS_AHEAD, Map.of(), Storage.IN_MEMORY);
  }

  /** Returns these settings for the first batch ever taken into a lake. */
  public JudgeSettings forFirstBatch() {
    return new JudgeSettings(zone, true, maxDaysAhead, known, storage);
  }

  /** Returns these settings with the silver tables already in the lake. */
  public JudgeSettings knowing(Map<String, Dataset<Row>> silver) {
    return new JudgeSettings(zone, firstBatch, maxDaysAhead, silver, storage);
  }

  /** Returns these settings with another place for records meanwhile. */
  public JudgeSettings keeping(Storage place) {
    return new JudgeSettings(zone, firstBatch, maxDaysAhead, known, place);
  }

  /** Returns these settings with another limit for dates ahead. */
  public JudgeSettings allowing(int daysAhead) {
    return new JudgeSettings(zone, firstBatch, daysAhead, known, storage);
  }
}
