package io.recupero.watch;

import static org.apache.spark.sql.functions.expr;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Records of one input in quarantine after a run.
 *
 * @param state whether they are refused, or only wait for records that they name
 * @param earlier whether earlier deliveries left them there
 * @param since the day the oldest of them came, in the creditor's time zone
 * @param late how many have been there for longer than the check {@code waiting} allows
 */
public record InQuarantine(
    String input,
    State state,
    boolean earlier,
    long records,
    @JsonFormat(shape = JsonFormat.Shape.STRING) LocalDate since,
    long late) {

  /** Why a record is in quarantine. */
  public enum State {
    /** It breaks a rule. */
    @JsonProperty("refused")
    REFUSED,
    /** It names a record that is not there yet. */
    @JsonProperty("waiting")
    WAITING
  }

  /**
   * Counts what is in quarantine.
   *
   * @param batch the batch that the run took
   * @param before records that came before this are late
   */
  static List<InQuarantine> read(RunTables tables, String batch, Instant before, ZoneId zone) {
    Dataset<Row> quarantine = tables.read("quarantine");
    // a table that an earlier version of the program wrote does not tell
    boolean tells = List.of(quarantine.columns()).contains("waiting");
    return quarantine
        .selectExpr(
            "table",
            (tells ? "waiting" : "false") + " AS waiting",
            "batch <> '" + batch + "' AS earlier",
            "to_date(from_utc_timestamp(arrived_at, '" + zone.getId() + "')) AS day",
            "CAST(arrived_at < TIMESTAMP'" + before + "' AS INT) AS late")
        .groupBy("table", "waiting", "earlier")
        .agg(expr("count(1)"), expr("min(day)"), expr("sum(late)"))
        .orderBy("table", "waiting", "earlier")
        .collectAsList()
        .stream()
        .map(InQuarantine::of)
        .toList();
  }

  private static InQuarantine of(Row row) {
    return new InQuarantine(
        row.getString(0),
        row.getBoolean(1) ? State.WAITING : State.REFUSED,
        row.getBoolean(2),
        row.getLong(3),
        row.<Date>getAs(4).toLocalDate(),
        row.getLong(5));
  }
}
