package io.recupero.cli;

import io.recupero.config.Settings;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import io.recupero.lake.Sessions;
import io.recupero.run.Pipeline;
import io.recupero.run.RunRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** The lake of the sample data, in the folder of the program. */
final class DemoLake {

  /** The samples end on this day; the demonstration shows the same figures whenever it runs. */
  static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);

  private static final Instant ARRIVED_AT = Instant.parse("2026-04-01T12:00:00Z");

  private DemoLake() {}

  /** Returns the settings of a run over the samples, where the options name nothing else. */
  static Settings settings(CommonOptions common) {
    Path samples = Recupero.home().resolve("data-samples");
    common.defaults(samples.resolve("recupero.yaml"), Recupero.home().resolve("lake"));
    return common.settings(Map.of("input", samples.resolve("raw").toString()));
  }

  /** Computes everything, whatever is there already. */
  static Release run(CommonOptions common, Settings settings) {
    Log.in(settings.lake());
    return new Pipeline(Sessions.open(), settings)
        .run(
            new RunRequest(AS_OF, ARRIVED_AT, Pipeline.jobNames(settings, AS_OF), "recupero demo"),
            common.progress());
  }

  /** Returns the lake that the options name; where they name none, that of the samples. */
  static Path orGiven(CommonOptions common) {
    if (common.namesLake()) {
      Path lake = common.lake().toAbsolutePath().normalize();
      ReleaseOf.current(lake);
      return lake;
    }
    Settings settings = settings(common);
    Path lake = settings.lake().toAbsolutePath().normalize();
    if (Releases.of(lake).current().isEmpty()) {
      common.say("notebooks.samples", lake);
      run(common, settings);
    }
    return lake;
  }
}
