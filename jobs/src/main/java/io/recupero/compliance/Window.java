package io.recupero.compliance;

import java.io.Serializable;

/**
 * The days that a frequency looks back on.
 *
 * @param days how many, the contact's own day the last of them; 0: the week from Monday to Sunday
 */
record Window(int days) implements Serializable {

  static final Window WEEK = new Window(0);

  private static final int MONDAY_BEFORE_1970 = 3;

  /** The first day of the window in which a day is, both as days since 1970-01-01. */
  int firstDay(int day) {
    return days == 0 ? day - Math.floorMod(day + MONDAY_BEFORE_1970, 7) : day - days + 1;
  }

  /** Whether an earlier contact's day is in the window of a contact on {@code day}. */
  boolean holds(int earlier, int day) {
    int first = firstDay(day);
    return days == 0 ? firstDay(earlier) == first : first <= earlier && earlier <= day;
  }
}
