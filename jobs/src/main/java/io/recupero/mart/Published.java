package io.recupero.mart;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What was published before a run, and as what the run will publish.
 *
 * @param dates the as-of dates that figures were published for, ascending
 * @param from the number of the last release; 0 before the first
 * @param fromKnownAt the knowledge time of the last release; null before the first
 * @param to the number that the run's release will have
 * @param knownAt the run's knowledge time; null where nothing will be published
 */
public record Published(
    List<LocalDate> dates, long from, Instant fromKnownAt, long to, Instant knownAt) {

  /** Before a lake's first run. */
  public static final Published NOTHING = new Published(List.of(), 0, null, 0, null);

  /** Copies the dates. */
  public Published {
    dates = List.copyOf(dates);
  }

  /**
   * Returns the dates, ascending, that both releases have figures for.
   *
   * @param last the as-of date of the release before
   * @param asOf that of the one to come
   */
  public static List<LocalDate> upTo(Collection<LocalDate> dates, LocalDate last, LocalDate asOf) {
    LocalDate until = last.isBefore(asOf) ? last : asOf;
    return List.copyOf(new TreeSet<>(dates).headSet(until, true));
  }
}
