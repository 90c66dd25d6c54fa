package io.recupero.kpi;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What is known of the time to exit of a set of receivables: for each, how many days were seen, how
 * it ended, and its weight (1, or its balance at the due date).
 *
 * <p>Primitive arrays that grow, because a curve over a million exits must not box them.
 */
public final class Exits implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How the time that was seen came to its end. */
  public enum Kind {
    /** Not ended: still open on the last day seen. */
    CENSORED,
    /** Ended by payment, the event of interest. */
    PAID,
    /** Ended by anything else: credited, written off, restructured. */
    OTHER;

    /** Returns the kind that the mart calls {@code open}, {@code paid} or anything else. */
    public static Kind of(String endedBy) {
      if (endedBy == null || endedBy.equals("open")) {
        return CENSORED;
      }
      return endedBy.equals("paid") ? PAID : OTHER;
    }
  }

  int[] days = new int[16];
  byte[] kinds = new byte[16];
  double[] weights = new double[16];
  int size;

  /** Adds {@code weight} receivables that ended, or were last seen, on {@code day}. */
  public Exits add(int day, Kind kind, double weight) {
    if (weight > 0) {
      room(size + 1);
      days[size] = day;
      kinds[size] = (byte) kind.ordinal();
      weights[size++] = weight;
    }
    return this;
  }

  /** Adds all that {@code other} holds. */
  public Exits addAll(Exits other) {
    room(size + other.size);
    System.arraycopy(other.days, 0, days, size, other.size);
    System.arraycopy(other.kinds, 0, kinds, size, other.size);
    System.arraycopy(other.weights, 0, weights, size, other.size);
    size += other.size;
    return this;
  }

  /** Returns positions in order of day; the day is in the upper 32 bits, the position below. */
  long[] inOrder() {
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = ((long) days[i] << 32) | i;
    }
    Arrays.sort(order);
    return order;
  }

  private void room(int needed) {
    if (needed > days.length) {
      int length = Math.max(needed, days.length * 2);
      days = Arrays.copyOf(days, length);
      kinds = Arrays.copyOf(kinds, length);
      weights = Arrays.copyOf(weights, length);
    }
  }
}
