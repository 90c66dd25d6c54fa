package io.recupero.segment;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * A date that features are computed for, on both clocks.
 *
 * @param day the as-of date; all of that day counts and nothing after it
 * @param known the knowledge time; what was learned after it does not count
 */
public record AsOf(LocalDate day, Instant known) implements Serializable {

  /** Returns the close of a day: what was known at the end of it in the creditor's time zone. */
  public static AsOf closeOf(LocalDate day, ZoneId zone) {
    Instant next = day.plusDays(1).atStartOfDay(zone).toInstant();
    return new AsOf(day, next.minus(1, ChronoUnit.MICROS));
  }

  /**
   * Returns the close of a day as a run knows it: what comes in the night or on the day after it is
   * how that day is told. What comes later was not known at its close.
   *
   * @param knownAt the run's knowledge time; null where it has none
   */
  public static AsOf ofRun(LocalDate day, ZoneId zone, Instant knownAt) {
    AsOf close = closeOf(day, zone);
    Instant tooLate = day.plusDays(2).atStartOfDay(zone).toInstant();
    boolean isOfTheNight =
        knownAt != null && knownAt.isAfter(close.known) && knownAt.isBefore(tooLate);
    return isOfTheNight ? new AsOf(day, knownAt) : close;
  }

  /**
   * Returns the closes of the months that decide the segments of {@code from} to {@code to}: from
   * the month before the first day's to the last one that ends before the last day.
   */
  public static List<AsOf> monthCloses(LocalDate from, LocalDate to, ZoneId zone) {
    YearMonth first = YearMonth.from(from).minusMonths(1);
    long months = first.until(YearMonth.from(to), ChronoUnit.MONTHS);
    return Stream.iterate(first, month -> month.plusMonths(1))
        .limit(Math.max(months, 0))
        .map(month -> closeOf(month.atEndOfMonth(), zone))
        .toList();
  }

  int epochDay() {
    return (int) day.toEpochDay();
  }

  long knownMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, known);
  }
}
