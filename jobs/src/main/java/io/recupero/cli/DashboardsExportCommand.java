package io.recupero.cli;

import io.recupero.dashboard.Assets;
import io.recupero.dashboard.Dashboards;
import io.recupero.lake.Release;
import io.recupero.publish.ServingFile;
import java.nio.file.Path;
import java.util.Map;
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

  private enum Engine {
    DUCKDB,
    SPARK
  }

  @Override
  public Integer call() {
    Path lake = common.lake();
    Release release = ReleaseOf.current(lake);
    if (engine == Engine.DUCKDB) {
      ServingFile.refresh(lake, release);
    }
    Assets assets = new Assets(Dashboards.load(release.asOf()), uri(lake), extra());
    assets.write(out);
    common.out().println(out);
    common.out().flush();
    return 0;
  }

  private String uri(Path lake) {
    return Optional.ofNullable(uri)
        .orElse(
            engine == Engine.DUCKDB
                ? "duckdb:///" + ServingFile.of(lake)
                : "hive://recupero@127.0.0.1:10000/default?auth=NONE");
  }

  private Map<String, Object> extra() {
    return engine == Engine.DUCKDB
        ? Map.of("engine_params", Map.of("connect_args", Map.of("read_only", true)))
        : Map.of();
  }
}
