package io.recupero.mart;

import java.time.LocalDate;

/**
 * Months of days since 1970, looked up: the sweep asks for them more often than for anything else.
 */
final class Months {

  private static final int FIRST_DAY = (int) LocalDate.of(1900, 1, 1).toEpochDay();
  private static final int[] STARTS = new int[days()];
  private static final String[] NAMES = new String[STARTS.length];

  static {
    int start = FIRST_DAY;
    while (start < FIRST_DAY + STARTS.length) {
      LocalDate month = LocalDate.ofEpochDay(start);
      String name = name(month);
      for (int i = 0; i < month.lengthOfMonth(); i++) {
        STARTS[start - FIRST_DAY + i] = start;
        NAMES[start - FIRST_DAY + i] = name;
      }
      start += month.lengthOfMonth();
    }
  }

  private Months() {}

  private static int days() {
    return (int) LocalDate.of(2200, 1, 1).toEpochDay() - FIRST_DAY;
  }

  /** Returns the first day of the month of a day. */
  static int start(int day) {
    int at = day - FIRST_DAY;
    if (at >= 0 && at < STARTS.length) {
      return STARTS[at];
    }
    return day - LocalDate.ofEpochDay(day).getDayOfMonth() + 1;
  }

  /** Returns the first day of the month after that of a day. */
  static int nextStart(int day) {
    return start(start(day) + 31);
  }

  /** Returns the month of a day, such as {@code 2026-03}. */
  static String name(int day) {
    int at = day - FIRST_DAY;
    return at >= 0 && at < NAMES.length ? NAMES[at] : name(LocalDate.ofEpochDay(day));
  }

  private static String name(LocalDate date) {
    return String.format("%04d-%02d", date.getYear(), date.getMonthValue());
  }
}
