package io.recupero.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * How a source writes dates, times and numbers.
 *
 * @param dates Spark datetime patterns, tried in order
 * @param times Spark datetime patterns of times without offset, tried in order
 * @param timezone the IANA zone those times are in; null when there are none
 * @param decimal the decimal sign
 * @param thousands the sign between thousands; empty for none
 * @param currency SQL for the currency of amounts, whose signs may be around them; null when it is
 *     not known
 * @param rounding how amounts with more decimals than their currency are rounded; null for not
 */
record Formats(
    List<String> dates,
    List<String> times,
    String timezone,
    String decimal,
    String thousands,
    String currency,
    String rounding) {

  /** In SQL of mappings, the year in which the files arrived: see {@link Mapping#arrived}. */
  static final String ARRIVAL_YEAR = "recupero_arrival_year";

  /** Years after the arrival that a year of two digits can mean; the others are before it. */
  private static final int YEARS_AHEAD = 20;

  static final Formats CANONICAL =
      new Formats(List.of("yyyy-MM-dd"), List.of(), null, ".", "", null, null);

  /**
   * Returns SQL for the ISO date of a text; a text that is none of the patterns stays, for the
   * judge to refuse.
   */
  String parseDate(String text, List<String> patterns) {
    return "coalesce(cast(" + firstOf("try_to_date", text, patterns) + " as string), " + text + ")";
  }

  /**
   * Returns SQL for a text's instant in UTC; a text that is none of the patterns stays, for the
   * judge to refuse.
   */
  String parseTime(String text, List<String> patterns) {
    String local = firstOf("try_to_timestamp", text, patterns);
    return "coalesce(date_format(to_utc_timestamp("
        + local
        + ", "
        + quote(timezone)
        + "), \"yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'\"), "
        + text
        + ")";
  }

  /**
   * Returns SQL for a number as {@link NumberText} reads it.
   *
   * @param ofCurrency SQL for the amount's currency; null for what the source says, if it does
   */
  String parseNumber(String text, String ofCurrency) {
    String money =
        ofCurrency != null
            ? "cast(" + ofCurrency + " as string)"
            : currency == null ? "cast(null as string)" : currency;
    return NumberText.FUNCTION
        + "(cast("
        + text
        + " as string), "
        + quote(decimal)
        + ", "
        + quote(thousands)
        + ", "
        + money
        + ")";
  }

  /** Returns these formats for amounts in the currency that this SQL gives. */
  Formats in(String ofCurrency) {
    return new Formats(dates, times, timezone, decimal, thousands, ofCurrency, rounding);
  }

  /** Returns an amount as the source writes it. */
  String exampleNumber() {
    return "1" + thousands + "234" + decimal + "56";
  }

  /** Returns a date as the source writes it. */
  String exampleDate() {
    try {
      return LocalDate.of(2026, 3, 31)
          .format(DateTimeFormatter.ofPattern(dates.get(0), Locale.ENGLISH));
    } catch (IllegalArgumentException | DateTimeException e) {
      return dates.get(0);
    }
  }

  private static String firstOf(String function, String text, List<String> patterns) {
    List<String> tries =
        patterns.stream()
            .map(p -> inCentury(function + "(" + text + ", " + quote(p) + ")", p))
            .toList();
    return tries.size() == 1 ? tries.get(0) : "coalesce(" + String.join(", ", tries) + ")";
  }

  /** Returns SQL that moves a year of two digits, which Spark reads as 20yy, by centuries. */
  private static String inCentury(String read, String pattern) {
    if (!pattern.replaceAll("'[^']*'", "").matches("(?s)(.*[^y])?yy([^y].*)?")) {
      return read;
    }
    return "(%1$s + make_ym_interval(100 * cast(floor((%2$s() + %3$d - year(%1$s)) / 100) as int)))"
        .formatted(read, ARRIVAL_YEAR, YEARS_AHEAD);
  }

  static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
