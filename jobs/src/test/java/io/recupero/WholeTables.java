package io.recupero;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;

/** Comparisons of whole tables, by spark-testing-base over the tests' own session. */
public final class WholeTables extends JavaDatasetSuiteBase {

  @Override
  public SparkSession spark() {
    return TestSpark.session();
  }

  @Override
  public SparkContext sc() {
    return TestSpark.session().sparkContext();
  }

  @Override
  public SQLContext sqlContext() {
    return TestSpark.session().sqlContext();
  }
}
