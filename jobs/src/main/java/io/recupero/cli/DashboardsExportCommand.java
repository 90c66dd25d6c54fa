package io.recupero.cli;

import io.recupero.lake.Release;
import io.recupero.publish.ServingFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the assets of the dashboards, and the file that they read, where it is not there. */
@Command(name = "export")
final class DashboardsExportCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(names = "--out", paramLabel = "DIR", required = true, descriptionKey = "dashboards-out")
  private Path out;

  @Option(names = "--engine", paramLabel = "duckdb|spark", descriptionKey = "dashboards-engine")
  private Engine engine = Engine.DUCKDB;

  @Option(names = "--uri", paramLabel = "URI", descriptionKey = "dashboards-uri")
  private String uri;

  @Override
  public Integer call() {
    Path lake = common.lake();
    Release release = ReleaseOf.current(lake);
    if (engine == Engine.DUCKDB) {
      ServingFile.refresh(lake, release);
    }
    engine.writeAssets(release, Optional.ofNullable(uri).orElse(engine.uri(lake)), out);
    common.out().println(out);
    common.out().flush();
    return 0;
  }
}
