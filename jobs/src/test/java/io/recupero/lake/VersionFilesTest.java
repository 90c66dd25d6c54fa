package io.recupero.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionFilesTest {

  @TempDir Path folder;
  private final SparkSession spark = TestSpark.session();

  @Test
  @DisplayName("every version says what Delta's own reader says, after appends, new columns, none")
  void asDelta() {
    Lake lake = Lake.open(spark, folder);
    lake.overwrite("gold.a", spark.sql("SELECT 1 AS a, DATE'2026-03-31' AS day, 1.50BD AS amount"));
    lake.append("gold.a", spark.sql("SELECT 2 AS a, NULL AS day, 2.25BD AS amount, 'b' AS b"));
    lake.compact("gold.a");
    lake.overwrite("gold.a", lake.read("gold.a").where("a = 3"));
    assertThat(lake.version("gold.a")).isEqualTo(3);
    for (long version = 0; version <= 3; version++) {
      Dataset<Row> delta =
          spark.read().format("delta").option("versionAsOf", version).load(lake.location("gold.a"));
      Dataset<Row> ours = lake.read("gold.a", version);
      assertThat(ours.schema()).isEqualTo(delta.schema());
      assertThat(ours.orderBy("a").collectAsList())
          .as("version " + version)
          .isEqualTo(delta.orderBy("a").collectAsList());
      assertThat(ours.inputFiles()).containsExactlyInAnyOrder(delta.inputFiles());
    }
    assertThat(lake.read("gold.a").count()).isZero();
  }

  @Test
  @DisplayName("reading a version twice in a query is one scan to Spark")
  void oneScan() {
    Lake lake = Lake.open(spark, folder);
    lake.overwrite("gold.a", spark.range(3).toDF("a"));
    assertThat(lake.read("gold.a", 0).queryExecution().optimizedPlan())
        .matches(plan -> plan.sameResult(lake.read("gold.a", 0).queryExecution().optimizedPlan()));
    lake.append("gold.a", spark.range(3).toDF("a"));
    assertThat(lake.read("gold.a", 0).queryExecution().optimizedPlan())
        .matches(plan -> !plan.sameResult(lake.read("gold.a", 1).queryExecution().optimizedPlan()));
  }

  @Test
  @DisplayName("a table that plain Parquet would read wrongly is refused, with the remedy")
  void foreign() {
    for (String how :
        List.of(
            "PARTITIONED BY (b)",
            "TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
            "TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')")) {
      String table = "gold.t" + Math.abs(how.hashCode());
      Lake lake = Lake.open(spark, folder);
      String at = "delta.`" + lake.location(table) + "`";
      spark.sql("CREATE TABLE " + at + " (a INT, b INT) USING delta " + how);
      spark.sql("INSERT INTO " + at + " SELECT /*+ COALESCE(1) */ id, id % 2 FROM RANGE(9)");
      spark.sql("DELETE FROM " + at + " WHERE a = 3");
      assertThatThrownBy(() -> lake.read(table))
          .as(how)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(table.substring(5))
          .hasMessageContaining("Remedy");
    }
  }
}
