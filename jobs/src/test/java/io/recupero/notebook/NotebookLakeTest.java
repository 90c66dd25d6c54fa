package io.recupero.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookLakeTest {

  @TempDir Path folder;

  @Test
  void aQueryMayCallTheCurvesOfDaysToRecover() {
    SparkSession spark = TestSpark.session();
    Lake.open(spark, folder)
        .overwrite(
            "gold.exits",
            spark.sql("SELECT * FROM VALUES (10, 'paid', 3L), (20, 'open', 1L) AS (d, e, n)"));
    Releases.of(folder)
        .publish(
            new Release(
                1,
                "run",
                LocalDate.of(2026, 3, 2),
                Instant.EPOCH,
                null,
                Map.of("gold.exits", 0L),
                null,
                null,
                null));

    double paid =
        NotebookLake.open(folder.toString(), null)
            .sql("SELECT 100 * paid_by(curve(d, e, n), 10) FROM gold.exits")
            .first()
            .getDouble(0);

    assertThat(paid).isEqualTo(75);
  }
}
