package io.recupero.contract;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.TimestampType;

/** When a record was learned. */
public final class KnownAt {

  static final String RECORDED_AT = "recorded_at";

  /** A record of a bulk load without any date has been known for as long as anybody asks. */
  private static final Instant ALWAYS = Instant.parse("1900-01-01T00:00:00Z");

  private static final long MICROS_A_DAY = 86_400_000_000L;

  /** Days beyond any calendar cannot be counted in microseconds; their records are refused. */
  private static final LocalDate LAST = LocalDate.of(9999, 12, 30);

  private KnownAt() {}

  /** Returns the last microsecond of {@code date} in {@code zone}; null where the date is. */
  public static Column endOfDay(Column date, ZoneId zone) {
    // not make_timestamp: that looks the zone up again for every record
    Column next =
        timestamp_micros(unix_date(date_add(date, 1)).cast("bigint").multiply(MICROS_A_DAY));
    Column end = to_utc_timestamp(next, zone.getId()).minus(expr("INTERVAL '0.000001' SECOND"));
    return when(date.leq(lit(LAST)), end);
  }

  /** Returns {@code known_at} of typed records of {@code contract}. */
  static Column of(Contract contract, JudgeSettings settings) {
    Column learned = settings.firstBatch() ? mainDay(contract, settings) : col(Lineage.ARRIVED);
    return contract.find(RECORDED_AT).isPresent() ? coalesce(col(RECORDED_AT), learned) : learned;
  }

  private static Column mainDay(Contract contract, JudgeSettings settings) {
    return contract
        .mainDate()
        .map(
            name ->
                contract.column(name).type() instanceof TimestampType
                    ? col(name)
                    : endOfDay(col(name), settings.zone()))
        // what is dated ahead, or on the day of its arrival, was known when it arrived
        .map(day -> least(coalesce(day, lit(ALWAYS)), col(Lineage.ARRIVED)))
        .orElse(lit(ALWAYS));
  }
}
