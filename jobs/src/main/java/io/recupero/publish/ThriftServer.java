package io.recupero.publish;

import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.lake.Releases;
import io.recupero.lake.Sessions;
import java.nio.file.Path;
import java.util.HashMap;
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

  /** The property that says how many seconds a statement may take. */
  public static final String SECONDS = "recupero.query.seconds";

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          // One session, so that all who connect see its views and its functions.
          Map.entry("spark.sql.hive.thriftServer.singleSession", "true"),
          Map.entry("spark.scheduler.mode", "FAIR"),
          Map.entry(
              "spark.sql.extensions",
              "io.delta.sql.DeltaSparkSessionExtension," + ReadersExtension.class.getName()),
          // Else ${env:NAME} in a statement, or in a value of it, tells what this process knows.
          Map.entry("spark.sql.variable.substitute", "false"),
          Map.entry("spark.sql.thriftServer.interruptOnCancel", "true"),
          Map.entry("spark.driver.maxResultSize", "256m"),
          Map.entry("hive.server2.authentication", "CUSTOM"),
          Map.entry("hive.server2.custom.authentication.class", ThriftPassword.class.getName()),
          Map.entry("hive.server2.logging.operation.enabled", "false"));

  /**
   * Threads for a task of a statement: a product of two tables has as many tasks as cores by cores,
   * and what people type may not take all threads from the charts.
   */
  private static final int SHARES = 4;

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
    settings(Runtime.getRuntime().availableProcessors()).forEach(System::setProperty);
    System.setProperty("spark.sql.warehouse.dir", folder.resolve("spark-warehouse").toString());
    System.setProperty("hive.exec.local.scratchdir", folder.resolve("spark-scratch").toString());
    Release release =
        Releases.of(lake)
            .current()
            .orElseThrow(() -> new IllegalStateException("Cannot find a release in " + lake));
    SparkSession spark = Sessions.open();
    ReadersExtension.lock(
        spark,
        SparkViews.create(
            ReleasedLake.of(Lake.open(spark, lake), release), folder.resolve("spark")));
    start(spark);
  }

  /**
   * Returns the settings of the server. A statement has as many tasks at once as there are cores,
   * and there is room for those of several: a long one leaves threads to others.
   */
  static Map<String, String> settings(int cores) {
    Map<String, String> all = new HashMap<>(Sessions.settings(cores));
    all.put("spark.master", "local[" + SHARES * cores * cores + "]");
    all.put("spark.default.parallelism", Integer.toString(cores));
    all.put("spark.sql.thriftServer.queryTimeout", System.getProperty(SECONDS, "60"));
    all.putAll(SETTINGS);
    return all;
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
