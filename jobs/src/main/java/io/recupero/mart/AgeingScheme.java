package io.recupero.mart;

import java.io.Serializable;
import java.util.List;

/**
 * Buckets of days past due.
 *
 * @param fromDays the first day past due of each bucket after the first, ascending
 * @param labels the bucket names, one more than {@code fromDays}; the first is what is not overdue
 */
public record AgeingScheme(List<Integer> fromDays, List<String> labels) implements Serializable {

  /** Returns the label of the bucket of so many days. */
  public String bucketOf(int daysPastDue) {
    int bucket = 0;
    while (bucket < fromDays.size() && daysPastDue >= fromDays.get(bucket)) {
      bucket++;
    }
    return labels.get(bucket);
  }
}
