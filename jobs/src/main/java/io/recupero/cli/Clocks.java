package io.recupero.cli;

import io.recupero.config.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Option;

/** The two clocks of a run; only the command line may ask the machine what time it is. */
final class Clocks {

  @Option(names = "--as-of", paramLabel = "DATE", descriptionKey = "as-of")
  private LocalDate asOf;

  @Option(names = "--arrived-at", paramLabel = "TIME", descriptionKey = "arrived-at")
  private OffsetDateTime arrivedAt;

  private Instant now;

  LocalDate asOf(Settings settings) {
    return asOf != null ? asOf : LocalDate.ofInstant(arrivedAt(), settings.timezone());
  }

  Instant arrivedAt() {
    if (now == null) {
      now = at(arrivedAt);
    }
    return now;
  }

  /**
   * Returns a moment given, else what the machine's clock says now, in microseconds as tables hold
   * them: what is published must equal what is stored.
   */
  static Instant at(OffsetDateTime given) {
    Instant at = given == null ? Instant.now() : given.toInstant();
    return at.truncatedTo(ChronoUnit.MICROS);
  }
}
