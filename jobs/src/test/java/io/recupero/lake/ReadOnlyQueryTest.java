package io.recupero.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import io.recupero.config.InvalidConfigException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyQueryTest {

  private final SparkSession spark = TestSpark.session();
  @TempDir Path folder;
  private ReadOnlyQuery query;

  @BeforeEach
  void release() {
    Lake lake = Lake.open(spark, folder);
    lake.overwrite("gold.numbers", spark.range(3).toDF("n"));
    lake.overwrite("gold.numbers", spark.range(99).toDF("n"));
    lake.overwrite("quarantine", spark.range(3).toDF("n"));
    Release release =
        new Release(
            1,
            "run",
            LocalDate.of(2026, 3, 31),
            Instant.EPOCH,
            null,
            Map.of("gold.numbers", 0L, "quarantine", 0L),
            null,
            null,
            null);
    query = new ReadOnlyQuery(ReleasedLake.of(lake, release), spark);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM gold.numbers",
        "SELECT COUNT(*) FROM numbers;",
        "SELECT COUNT(*) FROM quarantine",
        "WITH few AS (SELECT n FROM gold.numbers) SELECT COUNT(*) FROM few",
        "SELECT COUNT(*) FROM gold.numbers WHERE n IN (SELECT n FROM numbers)"
      })
  void aQueryReadsTheReleaseNotWhatWasWrittenSince(String sql) {
    assertThat(query.rows(sql).first().getLong(0)).isEqualTo(3);
  }

  @Test
  void theGreatestDateOfATableCanBeAsked() {
    Lake lake = Lake.open(spark, folder);
    long version =
        lake.overwrite("gold.days", spark.sql("SELECT DATE'2026-03-02' AS day, 1 AS n")).version();
    Release release =
        new Release(
            2,
            "run",
            LocalDate.of(2026, 3, 31),
            Instant.EPOCH,
            null,
            Map.of("gold.days", version),
            null,
            null,
            null);
    ReadOnlyQuery.conf().forEach(spark.conf()::set);
    try {
      assertThat(
              new ReadOnlyQuery(ReleasedLake.of(lake, release), spark)
                  .rows("SELECT MIN(day), MAX(day), COUNT(*) FROM gold.days")
                  .first())
          .hasToString("[2026-03-02,2026-03-02,1]");
    } finally {
      ReadOnlyQuery.conf().keySet().forEach(spark.conf()::unset);
    }
  }

  @Test
  void aColumnThatThereIsNotIsToldInOneLine() {
    assertThatThrownBy(() -> query.rows("SELECT m FROM gold.numbers"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("`m`")
        .hasMessageContaining("`n`")
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE gold.numbers",
        "DELETE FROM gold.numbers",
        "INSERT INTO gold.numbers SELECT 1",
        "INSERT OVERWRITE DIRECTORY '/tmp/x' USING csv SELECT 1",
        "CREATE TABLE t AS SELECT 1",
        "SET spark.sql.ansi.enabled = false",
        "SELECT TRANSFORM (n) USING 'cat' AS (m) FROM gold.numbers",
        "WITH x AS (SELECT TRANSFORM (n) USING 'cat' AS (m) FROM gold.numbers) SELECT * FROM x",
        "SELECT reflect('java.lang.System', 'nanoTime') FROM gold.numbers",
        "SELECT * FROM (SELECT java_method('java.lang.System', 'nanoTime') AS t)",
        "EXECUTE IMMEDIATE 'DROP TABLE gold.numbers'",
        "BEGIN SELECT 1; DROP TABLE gold.numbers; END",
        "SELECT 1; DROP TABLE gold.numbers",
        "SELECT * FROM csv.`/etc/hosts`",
        "SELECT * FROM delta.`/tmp/x`",
        "WITH `csv./etc/hosts` AS (SELECT 1) SELECT * FROM csv.`/etc/hosts`",
        "WITH c AS (SELECT * FROM text.`/etc/hosts`) SELECT * FROM c",
        "SELECT current_user FROM gold.numbers",
        "SELECT try_reflect('java.lang.System', 'nanoTime') FROM gold.numbers",
        "SELECT version(), input_file_name() FROM gold.numbers",
        "SELECT n FROM gold.numbers WINDOW w AS (PARTITION BY reflect('java.lang.System', 'nanoTime'))",
        "SELECT * FROM sql_keywords()",
        "SELECT * FROM leaked",
        "EXPLAIN SELECT 1",
        "SHOW TABLES"
      })
  void nothingButAQueryRuns(String sql) {
    spark.range(1).createOrReplaceTempView("leaked");
    assertThatThrownBy(() -> query.rows(sql)).isInstanceOf(InvalidConfigException.class);
  }

  @Test
  void aMisspeltTableSuggestsTheNearest() {
    assertThatThrownBy(() -> query.rows("SELECT * FROM gold.nubmers"))
        .hasMessageContaining("Did you mean gold.numbers?");
  }
}
