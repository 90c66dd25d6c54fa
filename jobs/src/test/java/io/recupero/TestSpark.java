package io.recupero;

import io.recupero.lake.Sessions;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of a test run: starting one costs seconds, so every test shares it. */
public final class TestSpark {

  private static SparkSession session;

  private TestSpark() {}

  /** Returns the shared session: the settings of a run on two cores. */
  public static synchronized SparkSession session() {
    if (session == null) {
      SparkSession.Builder builder =
          SparkSession.builder().appName("recupero-tests").master("local[2]");
      Sessions.settings(2).forEach(builder::config);
      // Delta keeps what it knows of each table for an hour: of hundreds of small lakes, gigabytes.
      builder.config("spark.databricks.delta.delta.log.cacheSize", "80");
      session = builder.config("spark.sql.warehouse.dir", "target/warehouse").getOrCreate();
    }
    return session;
  }
}
