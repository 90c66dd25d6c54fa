package io.recupero.cli;

import io.recupero.dashboard.Assets;
import io.recupero.dashboard.Dashboards;
import io.recupero.lake.Release;
import io.recupero.publish.ServingFile;
import java.nio.file.Path;
import java.util.Map;

/** What answers the queries of dashboards. Only the database's definition differs. */
enum Engine {
  DUCKDB(Map.of("engine_params", Map.of("connect_args", Map.of("read_only", true)))),
  SPARK(Map.of());

  private final Map<String, Object> extra;

  Engine(Map<String, Object> extra) {
    this.extra = extra;
  }

  /**
   * Returns where Superset finds the figures of a lake on this machine, as SQLAlchemy writes it.
   */
  String uri(Path lake) {
    return this == DUCKDB
        ? "duckdb:///" + ServingFile.of(lake)
        : "hive://recupero@127.0.0.1:10000/default?auth=NONE";
  }

  /** Writes the assets of the dashboards, which name the database by an address. */
  void writeAssets(Release release, String uri, Path out) {
    new Assets(Dashboards.load(release.asOf()), uri, extra).write(out);
  }
}
