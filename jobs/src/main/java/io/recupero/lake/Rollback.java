package io.recupero.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes an earlier release the current one again. */
public final class Rollback {

  private Rollback() {}

  /**
   * Publishes the tables of an earlier release as a new one. The caller holds the lake's lock.
   *
   * <p>Nothing is deleted. The batches that came since are set aside: their files stay in bronze
   * and count as never taken, so that the next run takes them again where they are offered again.
   * The tables themselves are brought back by the next run; until then they are read at the
   * release's versions, as always.
   *
   * @param number the release to go back to
   * @throws IllegalStateException where the lake does not keep it, or it is the current one
   */
  public static Release run(Releases releases, long number) {
    Release target = releases.get(number);
    Release current = releases.current().orElseThrow();
    if (current.number() == number) {
      throw new IllegalStateException(
          "Cannot roll back to release " + number + ": it is the current one.");
    }
    Set<String> aside = new TreeSet<>(current.history().setAside());
    aside.addAll(current.batches());
    target.batches().forEach(aside::remove);
    long next = releases.next();
    Release again =
        target
            .as(next, "rollback-%06d".formatted(next))
            .with(new Release.History(number, new ArrayList<>(aside)));
    releases.publish(again);
    return again;
  }

  /** Returns the batches that were set aside by going back from one release to another. */
  public static List<String> setAside(Release before, Release now) {
    return now.history().setAside().stream()
        .filter(batch -> !before.history().setAside().contains(batch))
        .toList();
  }
}
