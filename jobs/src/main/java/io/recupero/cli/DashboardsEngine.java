package io.recupero.cli;

import io.recupero.lake.Release;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say through what Superset reads the figures. */
class DashboardsEngine {

  @Option(names = "--engine", paramLabel = "duckdb|spark", descriptionKey = "dashboards-engine")
  private Engine engine = Engine.DUCKDB;

  @Option(names = "--uri", paramLabel = "URI", descriptionKey = "dashboards-uri")
  private String uri;

  final Engine engine() {
    return engine;
  }

  /** Returns the address of figures elsewhere, where one was given. */
  final Optional<String> uri() {
    return Optional.ofNullable(uri);
  }

  /** Writes the assets of the dashboards of a lake. */
  final void write(Path lake, Release release, int sparkPort, Path out) {
    engine.writeAssets(release, uri().map(Engine::safe).orElse(engine.uri(lake, sparkPort)), out);
  }
}
