package io.recupero.publish;

import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.lake.Releases;
import io.recupero.lake.Sessions;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark Thrift Server over one release of a lake: it has the tables of the serving file, under
 * the same names, for dashboards on Spark.
 *
 * <p>Where it listens is told by {@code HIVE_SERVER2_THRIFT_BIND_HOST} and {@code
 * HIVE_SERVER2_THRIFT_PORT}, its password by {@link ThriftPassword#VARIABLE}.
 */
public final class ThriftServer {

  private static final Map<String, String> SETTINGS =
      Map.of(
          // One session, so that all who connect see its views and its functions.
          "spark.sql.hive.thriftServer.singleSession", "true",
          "spark.scheduler.mode", "FAIR",
          "hive.server2.authentication", "CUSTOM",
          "hive.server2.custom.authentication.class", ThriftPassword.class.getName(),
          "hive.server2.logging.operation.enabled", "false");

  private ThriftServer() {}

  /**
   * Makes the tables of the current release and then listens, until the process is ended.
   *
   * @param args the folder of the lake, and a folder for tables that are made for charts
   */
  public static void main(String[] args) {
    Path lake = Path.of(args[0]);
    Path folder = Path.of(args[1]);
    System.setProperty("recupero.log", folder.resolve("spark-detail.log").toString());
    SETTINGS.forEach(System::setProperty);
    System.setProperty("spark.sql.warehouse.dir", folder.resolve("spark-warehouse").toString());
    System.setProperty("hive.exec.local.scratchdir", folder.resolve("spark-scratch").toString());
    Release release =
        Releases.of(lake)
            .current()
            .orElseThrow(() -> new IllegalStateException("Cannot find a release in " + lake));
    SparkSession spark = Sessions.open();
    SparkViews.create(ReleasedLake.of(Lake.open(spark, lake), release), folder.resolve("spark"));
    start(spark);
  }

  /** Spark's server is in no package of its own for Java; it comes with Spark's Python package. */
  private static void start(SparkSession spark) {
    try {
      Class.forName("org.apache.spark.sql.hive.thriftserver.HiveThriftServer2")
          .getMethod("startWithSparkSession", SparkSession.class, boolean.class)
          .invoke(null, spark, true);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot start the Spark Thrift Server: " + e, e);
    }
  }
}
