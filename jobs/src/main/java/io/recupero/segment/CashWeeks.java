package io.recupero.segment;

import io.recupero.walk.GroupWalk;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What was open at the close of each Sunday, as it was known then, and what cash came in the week
 * after it: what is needed to learn how books turn into cash, and to ask any past Sunday what it
 * would have foretold.
 *
 * <p>A document's step is the number of whole weeks from its due date to the Sunday, rounded down;
 * negative: not due yet. A customer's band says how many of its documents due in the year before
 * were open at the close of their due dates: 0 fewer than three documents, 1 up to a third, 2 up to
 * two thirds, 3 more.
 */
public final class CashWeeks {

  /** The least and the greatest step; what is farther off counts there. */
  public static final int FIRST_STEP = -13;

  /** See {@link #FIRST_STEP}. */
  public static final int LAST_STEP = 26;

  private final List<AsOf> sundays;
  private final AsOf now;

  private CashWeeks(List<AsOf> sundays, AsOf now) {
    this.sundays = List.copyOf(sundays);
    this.now = now;
  }

  /**
   * Returns the weeks before a date.
   *
   * @param weeks how many Sundays are looked back on
   */
  public static CashWeeks before(AsOf now, int weeks, ZoneId zone) {
    LocalDate last = lastSunday(now.day());
    List<AsOf> sundays = new ArrayList<>();
    for (int back = weeks; back >= 0; back--) {
      sundays.add(AsOf.closeOf(last.minusWeeks(back), zone));
    }
    return new CashWeeks(sundays, now);
  }

  /** Returns the last Sunday on or before a day. */
  public static LocalDate lastSunday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
  }

  /**
   * Returns the columns: customer, Sunday, currency, band, step, and amounts in ten-thousandths:
   * {@code open} at the Sunday; of that, {@code cash} that came in the week after and {@code gone},
   * what left otherwise, both as known at the next Sunday; {@code entered}, what was new and open
   * at the next Sunday, under the step it had there, and {@code new_cash}, what had been paid of
   * new documents by then; {@code came}, all cash of the week by what is known now.
   */
  public static StructType schema() {
    return StructType.fromDDL(
        "customer_id STRING, sunday DATE, currency STRING, band INT, step INT, open BIGINT,"
            + " cash BIGINT, gone BIGINT, entered BIGINT, new_cash BIGINT, came BIGINT");
  }

  /** Returns the columns of {@link #book}. */
  public static StructType bookSchema() {
    return StructType.fromDDL(
        "customer_id STRING, invoice_id STRING, currency STRING, band INT, step INT, open BIGINT");
  }

  /** Returns a row a document and Sunday at which any of it is not 0; not computed yet. */
  public Dataset<Row> of(FeatureInputs inputs) {
    StructType schema = schema();
    List<AsOf> weeks = sundays;
    AsOf until = now;
    return GroupWalk.over(
        FeatureFrames.of(Outcomes.debtsOnly(inputs)),
        schema,
        () -> new CashWeekWalker(weeks, until, schema, false));
  }

  /** Returns what is open now: its band, and its step at the last Sunday; not computed yet. */
  public Dataset<Row> book(FeatureInputs inputs) {
    StructType schema = bookSchema();
    AsOf until = now;
    return GroupWalk.over(
        FeatureFrames.of(Outcomes.debtsOnly(inputs)),
        schema,
        () -> new CashWeekWalker(List.of(), until, schema, true));
  }
}
