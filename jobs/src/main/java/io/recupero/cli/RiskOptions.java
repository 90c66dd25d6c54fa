package io.recupero.cli;

import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.risk.RiskTraining;
import io.recupero.segment.AsOf;
import io.recupero.segment.FeatureInputs;
import io.recupero.segment.SegmentRules;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** What a model is trained on. */
final class RiskOptions {

  @Option(names = "--as-of", paramLabel = "DATE", descriptionKey = "risk-as-of")
  private LocalDate asOf;

  @Option(names = "--release", paramLabel = "NUMBER", descriptionKey = "release")
  private Long number;

  @Option(names = "--seed", paramLabel = "NUMBER", descriptionKey = "risk-seed")
  private long seed = 1;

  Release release(Path lake) {
    return ReleaseOf.numbered(lake, number);
  }

  /** Starts Spark, and prepares the training. */
  RiskTraining training(Path folder, Release release) {
    LocalDate date = asOf == null ? release.asOf() : asOf;
    SegmentsAt.refuseLater(date, release);
    ReleasedLake lake = ReleaseOf.open(folder, release);
    ZoneId zone = ZoneId.of(release.settings().get("timezone"));
    return new RiskTraining(
        FeatureInputs.of(lake),
        AsOf.ofRun(date, zone, release.knownAt()),
        zone,
        Integer.parseInt(release.settings().getOrDefault("grace_days", "0")),
        SegmentRules.load(),
        seed);
  }
}
