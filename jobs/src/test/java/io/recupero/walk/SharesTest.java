package io.recupero.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharesTest {

  @TempDir private Path folder;

  @Test
  void smallInputsKeepTheSessionsNumber() {
    assertThat(Shares.count(0, 2)).isEqualTo(2);
    assertThat(Shares.count(32L << 20, 2)).isEqualTo(2);
  }

  @Test
  void largeInputsAreDealtOutInWholeTurnsOfAllCores() {
    assertThat(Shares.count((32L << 20) + 1, 2)).isEqualTo(4);
    assertThat(Shares.count(1L << 29, 2)).isEqualTo(32);
    assertThat(Shares.count(1L << 29, 24)).isEqualTo(48);
  }

  @Test
  void joinsCountWhatTheyReadAndNotWhatTheyMightMakeOfIt() {
    String file = folder.resolve("rows").toString();
    TestSpark.session().range(200_000).toDF("id").write().parquet(file);
    Dataset<Row> rows = TestSpark.session().read().parquet(file);

    Dataset<Row> crossed = rows.crossJoin(rows.toDF("other"));

    // As a product of sizes it would be terabytes.
    assertThat(Shares.of(crossed)).isEmpty();
  }

  @Test
  void framesInMemoryTellNothing() {
    Dataset<Row> kept = TestSpark.session().range(10).toDF("id").localCheckpoint();

    assertThat(Shares.of(kept)).isEqualTo(Optional.empty());
  }

  @Test
  void orderIsLookedForOnlyWhereThereAreManyRows() {
    Dataset<Row> few = TestSpark.session().range(1000).toDF("id");
    Dataset<Row> many = TestSpark.session().range(10_000_000).toDF("id");

    assertThat(Shares.ofLarge(few)).isEmpty();
    assertThat(Shares.ofLarge(many)).isPresent();
  }

  @Test
  void aJoinThatIsKeptIsNotAsLargeAsItWasGuessedToBe() {
    assertThat(Shares.of(join("checkpoint").localCheckpoint())).isEmpty();
  }

  @Test
  void aJoinInTheCacheIsNotAsLargeAsItWasGuessedToBe() {
    Dataset<Row> cached = join("cache").persist();
    try {
      Dataset<Row> read = TestSpark.session().range(10).toDF("third").join(cached, "third");

      assertThat(Shares.of(read)).isEmpty();
    } finally {
      cached.unpersist();
    }
  }

  /** A few rows, of a plan that looks as if they were eight thousand millions. */
  private Dataset<Row> join(String name) {
    String file = folder.resolve(name).toString();
    TestSpark.session().range(2_000).toDF("id").write().parquet(file);
    Dataset<Row> rows = TestSpark.session().read().parquet(file);
    return rows.crossJoin(rows.toDF("other"))
        .crossJoin(rows.toDF("third"))
        .where("third = 0 AND id = other");
  }
}
