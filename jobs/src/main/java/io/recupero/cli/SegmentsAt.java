package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.lake.Release;
import io.recupero.segment.FeatureInputs;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** At which date customers are looked at, and by what was known when. */
final class SegmentsAt {

  @Option(names = "--as-of", paramLabel = "DATE", descriptionKey = "report-as-of")
  private LocalDate asOf;

  @Option(names = "--known-at", paramLabel = "TIME", descriptionKey = "known-at")
  private String knownAt;

  @Option(names = "--release", paramLabel = "NUMBER", descriptionKey = "release")
  private Long number;

  /**
   * What was asked for.
   *
   * @param known what is known: the release's knowledge time, or the earlier one that was named
   */
  record Opened(
      Release release, FeatureInputs inputs, LocalDate date, Instant known, ZoneId zone) {}

  Opened open(Path lake) {
    Release release = ReleaseOf.numbered(lake, number);
    ZoneId zone = ZoneId.of(release.settings().get("timezone"));
    Instant known = release.knownAt();
    LocalDate last = release.asOf();
    if (knownAt != null) {
      Instant time = KnownAtText.parse(knownAt, zone);
      known = time.isBefore(known) ? time : known;
      LocalDate day = LocalDate.ofInstant(known, zone);
      last = day.isBefore(last) ? day : last;
    }
    LocalDate date = asOf == null ? last : asOf;
    refuseLater(date, release);
    FeatureInputs inputs = FeatureInputs.of(ReleaseOf.open(lake, release));
    return new Opened(release, knownAt == null ? inputs : inputs.knownBy(known), date, known, zone);
  }

  static void refuseLater(LocalDate date, Release release) {
    if (date.isAfter(release.asOf())) {
      throw new InvalidConfigException(
          "Cannot tell segments at %s: release %d is computed to %s. Ask for an earlier date, or run to a later one."
              .formatted(date, release.number(), release.asOf()));
    }
  }
}
