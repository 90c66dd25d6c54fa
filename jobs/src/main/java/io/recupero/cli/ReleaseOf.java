package io.recupero.cli;

import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.lake.Releases;
import io.recupero.lake.Sessions;
import java.nio.file.Path;

/** Opens what a lake has released. */
final class ReleaseOf {

  private ReleaseOf() {}

  /** Returns the current release, without starting Spark. */
  static Release current(Path lake) {
    return Releases.of(lake)
        .current()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Cannot find a release in "
                        + lake
                        + ": no run has ended well there yet. Run ./recupero run first, or correct"
                        + " --lake."));
  }

  /** Returns the lake as its current release left it. */
  static ReleasedLake open(Path lake) {
    return open(lake, current(lake));
  }

  /** Returns the lake as a release left it. */
  static ReleasedLake open(Path lake, Release release) {
    Log.in(lake);
    return ReleasedLake.of(Lake.open(Sessions.open(), lake), release);
  }

  /** Returns the release of a number, without starting Spark; the current one for null. */
  static Release numbered(Path lake, Long number) {
    return number == null ? current(lake) : Releases.of(lake).get(number);
  }
}
