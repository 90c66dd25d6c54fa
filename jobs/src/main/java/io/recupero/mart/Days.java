package io.recupero.mart;

import java.time.LocalDate;
import java.util.Arrays;

/** A growing set of days (since 1970), without those after the horizon. */
public final class Days {

  private final int horizon;
  private int[] days = new int[64];
  private int size;

  Days(int horizon) {
    this.horizon = horizon;
  }

  void clear() {
    size = 0;
  }

  void add(int day) {
    if (day <= horizon) {
      if (size == days.length) {
        days = Arrays.copyOf(days, size * 2);
      }
      days[size++] = day;
    }
  }

  /** Adds the first of every month after {@code from}, up to and with the one after {@code to}. */
  void addMonthStarts(int from, int to) {
    int start = nextMonthStart(from);
    while (start <= horizon) {
      add(start);
      if (start > to) {
        return;
      }
      start = nextMonthStart(start);
    }
  }

  int horizon() {
    return horizon;
  }

  /** Returns the days in order, each once; valid until the next change. */
  int[] sorted() {
    Arrays.sort(days, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || days[i] != days[i - 1]) {
        days[kept++] = days[i];
      }
    }
    return Arrays.copyOf(days, kept);
  }

  static int monthStart(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return day - date.getDayOfMonth() + 1;
  }

  static int nextMonthStart(int day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return day - date.getDayOfMonth() + 1 + date.lengthOfMonth();
  }
}
