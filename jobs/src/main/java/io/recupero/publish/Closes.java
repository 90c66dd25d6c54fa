package io.recupero.publish;

import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.kpi.MartValues;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The dates that dashboards can show: the closes of months since the first day of the history, and
 * the as-of date of the release.
 */
final class Closes {

  /** So many closes before its as-of date a trend shows. */
  private static final int TREND = 24;

  private static final Locale SPANISH = Locale.forLanguageTag("es");

  private final LocalDate firstDay;
  private final List<LocalDate> closes;
  private final List<Integer> seen;

  /** Takes the first day on which anything was owed, and the release's as-of date. */
  Closes(LocalDate firstDay, LocalDate asOf, Cards cards) {
    this.firstDay = firstDay;
    this.closes = MartValues.closes(firstDay, asOf);
    this.seen =
        List.copyOf(
            cards.all().stream()
                .map(Card::seenDays)
                .filter(days -> days != null)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Returns the columns of the table of closes, with their types. */
  String columns() {
    return "as_of VARCHAR, close DATE, close_es VARCHAR, close_en VARCHAR, month_start DATE, month_end DATE, year_before DATE,"
        + " steps_back INTEGER, closed_back INTEGER, as_of_day INTEGER, history_days INTEGER"
        + seen.stream().map(days -> ", seen_" + days + " VARCHAR").collect(Collectors.joining());
  }

  /** Returns the names of the columns. */
  String names() {
    return columns().replaceAll(" [A-Z]+", "");
  }

  /**
   * Returns the rows of the table, as SQL: each as-of date with its closes.
   *
   * <p>{@code month_end}: the marts by month are dated by the last day of it, the running one too.
   * {@code closed_back}: closed months back from the latest one; null of a month that is running.
   */
  String values() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < closes.size(); i++) {
      for (int j = Math.max(0, i - TREND); j <= i; j++) {
        rows.add(row(closes.get(i), closes.get(j), i - j, TREND - (i - j)));
      }
    }
    return String.join(", ", rows);
  }

  private String row(LocalDate asOf, LocalDate close, int stepsBack, int place) {
    return "('%s', DATE '%s', '%s', '%s', DATE '%s', DATE '%s', DATE '%s', %d, %s, %d, %d%s)"
        .formatted(
            asOf,
            close,
            SortKey.ofMany(place, words(close, SPANISH)),
            SortKey.ofMany(place, words(close, Locale.ENGLISH)),
            close.withDayOfMonth(1),
            YearMonth.from(close).atEndOfMonth(),
            yearBefore(close),
            stepsBack,
            isClosed(close) ? String.valueOf(isClosed(asOf) ? stepsBack : stepsBack - 1) : "NULL",
            close.toEpochDay(),
            close.toEpochDay() - firstDay.toEpochDay(),
            seen.stream()
                .map(days -> ", '" + latestSeen(close, days) + "'")
                .collect(Collectors.joining()));
  }

  private static boolean isClosed(LocalDate date) {
    return date.getDayOfMonth() == date.lengthOfMonth();
  }

  /** A closed month by its name; of a running one the day that it is known to. */
  private static String words(LocalDate close, Locale language) {
    String pattern = isClosed(close) ? "MMM yy" : "d MMM yy";
    return DateTimeFormatter.ofPattern(pattern, language).format(close).replace(".", "");
  }

  /** Of the end of a month the end of the same month: 28 February 2023 before 29 February 2024. */
  private static LocalDate yearBefore(LocalDate close) {
    YearMonth month = YearMonth.from(close);
    return isClosed(close) ? month.minusYears(1).atEndOfMonth() : close.minusYears(1);
  }

  /** The latest month of entry of which every entry has been seen so many days. */
  private static YearMonth latestSeen(LocalDate close, int days) {
    return YearMonth.from(close.plusDays(2L - days)).minusMonths(1);
  }
}
