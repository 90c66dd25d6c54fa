package io.recupero.cli;

import io.recupero.dashboard.Assets;
import io.recupero.dashboard.Dashboards;
import io.recupero.lake.Release;
import io.recupero.publish.ServingFile;
import io.recupero.superset.RemoteSuperset;
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

  /** Where a Spark Thrift Server listens unless it is told another port. */
  static final String SPARK_PORT = "10000";

  /**
   * Returns where Superset finds the figures of a lake on this machine, as SQLAlchemy writes it.
   *
   * @param sparkPort where the Spark Thrift Server listens, if that is the engine
   */
  String uri(Path lake, int sparkPort) {
    return this == DUCKDB
        ? "duckdb:///" + ServingFile.of(lake)
        : RemoteSuperset.SAFE_HIVE + "://recupero@127.0.0.1:" + sparkPort + "/default";
  }

  /** Returns an address with the dialect of this program where PyHive's would be taken. */
  static String safe(String uri) {
    return uri.replaceFirst("^hive://", RemoteSuperset.SAFE_HIVE + "://");
  }

  /** Writes the assets of the dashboards, which name the database by an address. */
  void writeAssets(Release release, String uri, Path out) {
    new Assets(Dashboards.load(release.asOf()), uri, extra).write(out);
  }
}
