package io.recupero.cli;

import io.recupero.lake.Release;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options that say which dashboards, and through what they read the figures. */
final class DashboardsAssets extends DashboardsEngine {

  @Option(names = "--assets", paramLabel = "DIR", descriptionKey = "dashboards-assets")
  private Path assets;

  /** Returns whether a folder of dashboards was given. */
  boolean areGiven() {
    return assets != null;
  }

  /** Gives a step the folder that was given, or for its time one of this program's dashboards. */
  <T> T with(Path lake, Release release, int sparkPort, Function<Path, T> step) {
    return assets != null
        ? step.apply(assets.toAbsolutePath())
        : Scratch.with(
            folder -> {
              write(lake, release, sparkPort, folder);
              return step.apply(folder);
            });
  }

  /** Gives a step the folder that was given. */
  void withGiven(Consumer<Path> step) {
    step.accept(assets.toAbsolutePath());
  }
}
