package io.recupero.cli;

import io.recupero.lake.Release;
import io.recupero.publish.ServingFile;
import java.nio.file.Path;
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

  @Mixin private DashboardsEngine figures;

  @Override
  public Integer call() {
    Path lake = common.lake();
    Release release = ReleaseOf.current(lake);
    if (figures.engine() == Engine.DUCKDB) {
      ServingFile.refresh(lake, release);
    }
    figures.write(lake, release, Integer.parseInt(Engine.SPARK_PORT), out);
    common.out().println(out);
    common.out().flush();
    return 0;
  }
}
