package io.recupero.mart;

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
    int start = Months.nextStart(from);
    while (start <= horizon) {
      add(start);
      if (start > to) {
        return;
      }
      start = Months.nextStart(start);
    }
  }

  int horizon() {
    return horizon;
  }

  /** Brings the days into order, each once. */
  void settle() {
    Arrays.sort(days, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || days[i] != days[kept - 1]) {
        days[kept++] = days[i];
      }
    }
    size = kept;
  }

  /** Returns the place of the first day that is not before {@code from}. */
  int firstFrom(int from) {
    int place = Arrays.binarySearch(days, 0, size, from);
    return place >= 0 ? place : -place - 1;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return days[index];
  }
}
