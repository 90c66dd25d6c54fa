package io.recupero.lake;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Spark sessions: one set of settings, with what a laptop needs where no cluster is named. */
public final class Sessions {

  /** Says that the work is small: plans are interpreted, which starts at once. */
  private static final String SMALL = "recupero.small";

  /** Where spark-submit says on which cluster to run. */
  private static final String MASTER = "spark.master";

  private Sessions() {}

  /**
   * Returns a session on the cluster that spark-submit names, else on all cores of this machine; or
   * the one that already runs in this JVM.
   */
  public static SparkSession open() {
    // Whatever spark-submit was given is a system property here.
    Map<String, String> given = new HashMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> given.put(name, System.getProperty(name)));
    SparkSession.Builder builder = SparkSession.builder().appName("recupero");
    settings(Runtime.getRuntime().availableProcessors(), given).forEach(builder::config);
    return builder.getOrCreate();
  }

  /** Returns the settings of a session that was given others, which stand before them. */
  static Map<String, String> settings(int cores, Map<String, String> given) {
    Map<String, String> settings = new LinkedHashMap<>(shared());
    if (!given.containsKey(MASTER)) {
      settings.put(MASTER, "local[" + cores + "]");
      settings.putAll(settings(cores));
    }
    settings.keySet().removeAll(given.keySet());
    return settings;
  }

  /**
   * Returns the Spark settings of a local session.
   *
   * @param cores how many tasks run at once; at least 1
   */
  public static Map<String, String> settings(int cores) {
    Map<String, String> settings = new LinkedHashMap<>(shared());
    // A cluster's numbers of partitions cost seconds on one machine.
    settings.put("spark.sql.shuffle.partitions", Integer.toString(cores));
    settings.put("spark.databricks.delta.snapshotPartitions", "1");
    // Sorting spills to disk when its share is full; cells of marts and writers of Parquet cannot.
    settings.put("spark.memory.fraction", "0.4");
    settings.put("spark.hadoop.parquet.block.size", Integer.toString(32 << 20));
    if (Boolean.getBoolean(SMALL)) {
      settings.put("spark.sql.codegen.wholeStage", "false");
      settings.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
      settings.put("spark.sql.adaptive.enabled", "false");
    }
    // A laptop's host name often does not resolve.
    settings.put("spark.driver.host", "localhost");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    return settings;
  }

  /**
   * Returns the mask that {@code ./recupero} took; else the one that leaves files to their owner.
   */
  static String umask(String given) {
    return given == null || !given.matches("0?[0-7]{3}") ? "077" : given;
  }

  /** Returns the settings of every session, wherever it runs. */
  private static Map<String, String> shared() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    settings.put(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    settings.put("spark.sql.session.timeZone", "UTC");
    settings.put("spark.sql.ansi.enabled", "true");
    // Else ${env:NAME} in a text is the value of that variable of the machine.
    settings.put("spark.sql.variable.substitute", "false");
    settings.put("spark.sql.parquet.compression.codec", "zstd");

    // Hadoop sets the rights of local files by a mask of its own, after the process's has held.
    settings.put("spark.hadoop.fs.permissions.umask-mode", umask(System.getenv("RECUPERO_UMASK")));

    // Delta's own lets two processes write over each other's commits in S3.
    settings.put("spark.delta.logStore.s3a.impl", S3LogStore.class.getName());

    // Tables are written side by side: without this, the first takes every core.
    settings.put("spark.scheduler.mode", "FAIR");

    // A release names versions, so an old release can be read for as long as its lake is kept.
    settings.put(
        "spark.databricks.delta.properties.defaults.logRetentionDuration", "interval 36500 days");
    settings.put(
        "spark.databricks.delta.properties.defaults.deletedFileRetentionDuration",
        "interval 36500 days");

    // Of statistics only those of the first column are asked for: the day of a mart. To collect
    // them for every column took a seventh of a small run.
    settings.put("spark.databricks.delta.properties.defaults.dataSkippingNumIndexedCols", "1");

    // A commit's checksum would list all files of the table, by a job for each commit.
    settings.put("spark.databricks.delta.allFilesInCrc.enabled", "false");

    settings.put("spark.ui.enabled", "false");
    settings.put("spark.ui.showConsoleProgress", "false");
    settings.put("spark.sql.catalogImplementation", "in-memory");
    // Spark makes this folder even where nothing is ever put into it.
    settings.put(
        "spark.sql.warehouse.dir",
        Path.of(System.getProperty("java.io.tmpdir"), "recupero-warehouse").toString());
    return settings;
  }
}
