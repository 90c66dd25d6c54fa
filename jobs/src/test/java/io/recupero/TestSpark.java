package io.recupero;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of a test run: starting one costs seconds, so every test shares it. */
public final class TestSpark {

  private static SparkSession session;

  private TestSpark() {}

  /** Returns the shared session: two cores, Delta, UTC, settings for tables of a few rows. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          SparkSession.builder()
              .appName("recupero-tests")
              .master("local[2]")
              .config("spark.ui.enabled", "false")
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.sql.ansi.enabled", "true")
              .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
              .config(
                  "spark.sql.catalog.spark_catalog",
                  "org.apache.spark.sql.delta.catalog.DeltaCatalog")
              .config("spark.databricks.delta.snapshotPartitions", "1")
              .config("spark.sql.warehouse.dir", "target/warehouse")
              .getOrCreate();
    }
    return session;
  }
}
