package io.recupero.mart;

import java.io.Serializable;

/**
 * Buckets of days past due.
 *
 * @param fromDays the first day past due of each bucket after the first, ascending
 * @param labels the bucket names, one more than {@code fromDays}; the first is what is not overdue
 */
public record AgeingScheme(int[] fromDays, String[] labels) implements Serializable {

  /** current, 1-30, 31-60, 61-90, 91-180, 181+. */
  public static final AgeingScheme STANDARD =
      new AgeingScheme(
          new int[] {1, 31, 61, 91, 181},
          new String[] {"current", "1-30", "31-60", "61-90", "91-180", "181+"});

  String bucketOf(int daysPastDue) {
    int bucket = 0;
    while (bucket < fromDays.length && daysPastDue >= fromDays[bucket]) {
      bucket++;
    }
    return labels[bucket];
  }
}
