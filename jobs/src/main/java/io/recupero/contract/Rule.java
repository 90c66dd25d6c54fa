package io.recupero.contract;

import java.util.Set;

/**
 * A rule over several columns of a record, and of the records that it names.
 *
 * @param id the stable reason
 * @param reason what is wrong where it is broken
 * @param expression Spark SQL, true where it is kept; null counts as kept, since what is missing
 *     has a reason of its own
 * @param names the columns it reads, such as {@code due_date} or {@code original.amount}
 */
public record Rule(String id, Text reason, String expression, Set<String> names) {

  boolean reads(String prefix) {
    return names.stream().anyMatch(name -> name.startsWith(prefix));
  }
}
