package io.recupero.run;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Settings;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import io.recupero.source.DatedFolders;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs for a range of dates, one after the other, as a scheduler would have made them.
 *
 * <p>Where the input has {@link DatedFolders}, each run takes those of the days until its date, and
 * its files count as having arrived at the end of that day: the release of a date knows what was
 * known that day. Where it has none, nobody can tell when a file came: all of it counts as having
 * arrived now, and each release says of its date what is known now.
 */
public final class Backfill {

  /** Which dates of the range have a run. */
  public enum Every {
    /** Each day. */
    DAY {
      @Override
      Stream<LocalDate> dates(LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1));
      }
    },
    /** The first date, and each seventh day after it. */
    WEEK {
      @Override
      Stream<LocalDate> dates(LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1), java.time.Period.ofDays(7));
      }
    },
    /** The last day of each month. */
    MONTH_END {
      @Override
      Stream<LocalDate> dates(LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1))
            .filter(date -> date.getDayOfMonth() == date.lengthOfMonth());
      }
    };

    abstract Stream<LocalDate> dates(LocalDate from, LocalDate to);
  }

  private final Settings settings;
  private final Instant now;
  private final boolean dated;

  /**
   * Prepares one.
   *
   * @param now when files arrived that lie in no folder of a day
   */
  public Backfill(Settings settings, Instant now) {
    this.settings = settings;
    this.now = now;
    this.dated = settings.input().map(DatedFolders::in).filter(DatedFolders::any).isPresent();
  }

  /**
   * Returns the dates of a range that have no release yet, oldest first.
   *
   * @throws InvalidConfigException where the range has no date, or the lake knows more already than
   *     was known on one of them
   */
  public List<LocalDate> missing(LocalDate from, LocalDate to, Every every) {
    List<LocalDate> dates = to.isBefore(from) ? List.of() : every.dates(from, to).toList();
    if (dates.isEmpty()) {
      throw new InvalidConfigException(
          "Cannot backfill from %s to %s: the range has no %s. Correct --from, --to or --every."
              .formatted(
                  from, to, every.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
    }
    Releases releases = Releases.of(settings.lake());
    Set<LocalDate> there =
        standing(releases).stream().map(Release::asOf).collect(Collectors.toSet());
    List<LocalDate> missing = dates.stream().filter(date -> !there.contains(date)).toList();
    releases.current().ifPresent(current -> refuseThePast(current, missing));
    return missing;
  }

  /** Returns the releases that no rollback has undone. */
  private static List<Release> standing(Releases releases) {
    List<Release> standing = new ArrayList<>();
    for (Release release : releases.all()) {
      Long back = release.history().sameAs();
      if (back == null) {
        standing.add(release);
      } else {
        standing.removeIf(undone -> undone.number() > back);
      }
    }
    return standing;
  }

  private void refuseThePast(Release current, List<LocalDate> missing) {
    Optional<LocalDate> before =
        missing.stream().filter(date -> arrival(date).isBefore(current.knownAt())).findFirst();
    if (dated && before.isPresent()) {
      throw new InvalidConfigException(
          "Cannot backfill %s: release %d of %s knows what came until %s, and files cannot come before what is known. Begin after it, or use a new lake."
              .formatted(before.get(), current.number(), settings.lake(), current.knownAt()));
    }
  }

  /** Returns when the files of a date's run count as having arrived. */
  public Instant arrival(LocalDate date) {
    return dated ? endOf(date, settings.timezone()) : now;
  }

  /** The last moment of a day that tables can hold. */
  private static Instant endOf(LocalDate date, ZoneId zone) {
    return date.plusDays(1).atStartOfDay(zone).toInstant().minus(1, ChronoUnit.MICROS);
  }
}
