package io.recupero.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {

  private final SparkSession spark = TestSpark.session();
  @TempDir Path root;
  private Lake lake;

  @BeforeEach
  void open() {
    lake = Lake.open(spark, root);
  }

  @Test
  void anEarlierVersionCanStillBeReadAfterAnOverwrite() {
    lake.overwrite("silver.invoices", rows("a", "b"));
    Lake.Written second = lake.overwrite("silver.invoices", rows("c"));

    assertThat(second).isEqualTo(new Lake.Written("silver.invoices", 1, 1));
    assertThat(texts(lake.read("silver.invoices"))).containsExactly("c");
    assertThat(texts(lake.read("silver.invoices", 0))).containsExactlyInAnyOrder("a", "b");
    assertThat(root.resolve("silver/invoices/_delta_log")).isDirectory();
  }

  @Test
  void anAppendAddsColumnsSoThatAContractMayGrow() {
    lake.append("quarantine", rows("a"));
    lake.append("quarantine", rows("b").selectExpr("text", "1 AS more"));

    assertThat(lake.read("quarantine").columns()).containsExactly("text", "more");
    assertThat(lake.read("quarantine").count()).isEqualTo(2);
  }

  @Test
  void aMissingTableIsToldByNameWithARemedy() {
    assertThatThrownBy(() -> lake.read("gold.balance_daily"))
        .isInstanceOf(MissingTableException.class)
        .hasMessageContaining("gold.balance_daily")
        .hasMessageContaining("./recupero run");
  }

  @Test
  void aNameCannotLeadOutOfTheLake() {
    assertThatThrownBy(() -> lake.overwrite("../outside", rows("a")))
        .hasMessageContaining("Invalid table name");
  }

  @Test
  void readersSeeTheirReleaseWhileTheNextRunWrites() {
    lake.overwrite("gold.a", rows("old"));
    Releases.of(root).publish(release(1, Map.of("gold.a", 0L)));
    ReleasedLake reader = ReleasedLake.of(lake, Releases.of(root).current().orElseThrow());

    lake.overwrite("gold.a", rows("new"));
    lake.overwrite("gold.b", rows("new"));

    assertThat(texts(reader.read("gold.a"))).containsExactly("old");
    assertThatThrownBy(() -> reader.read("gold.b")).isInstanceOf(MissingTableException.class);
  }

  @Test
  void whatABrokenRunWroteIsTakenBackOnce() {
    lake.append("ledger.events", rows("released"));
    Releases.of(root).publish(release(1, Map.of("ledger.events", 0L)));
    lake.append("ledger.events", rows("broken"));
    lake.overwrite("gold.late", rows("broken"));

    assertThat(Recovery.run(lake)).containsExactly("gold.late", "ledger.events");
    assertThat(texts(lake.read("ledger.events"))).containsExactly("released");
    assertThat(lake.exists("gold.late")).isFalse();
    assertThat(Recovery.run(lake)).isEmpty();
  }

  @Test
  void tablesApartFromTheLakeAreFoundByReadersWithoutBeingTold(@TempDir Path apart) {
    Lake writer = Lake.open(spark, root, Optional.of("file://" + apart.resolve("place")));
    writer.overwrite("gold.a", rows("a"));
    writer.append("gold.a", rows("b"));
    Releases.of(root).publish(release(1, Map.of("gold.a", 1L)));
    writer.append("gold.a", rows("broken"));

    Lake reader = Lake.open(spark, root);
    ReleasedLake released = ReleasedLake.of(reader, Releases.of(root).current().orElseThrow());

    assertThat(apart.resolve("place/gold/a/_delta_log")).isDirectory();
    assertThat(root.resolve("gold")).doesNotExist();
    assertThat(texts(released.read("gold.a"))).containsExactlyInAnyOrder("a", "b");
    assertThat(texts(spark.sql(released.select("gold.a")))).hasSize(2);
    assertThat(texts(reader.added("gold.a", 0, 1).orElseThrow())).containsExactly("b");
    assertThat(Recovery.run(writer)).containsExactly("gold.a");
    assertThat(Recovery.run(writer)).isEmpty();
  }

  @Test
  void twoLakesCannotHaveTheirTablesInOnePlaceBecauseEachWouldDeleteTheOthers(
      @TempDir Path place, @TempDir Path other) {
    Optional<String> tables = Optional.of(place.toString());
    Lake.open(spark, root, tables);

    for (int run = 0; run < 2; run++) {
      assertThatThrownBy(() -> Lake.open(spark, other, tables))
          .hasMessageContaining("another lake has its tables there");
    }
    Lake.open(spark, root, tables);
    Lake.open(spark, root, Optional.empty());
    Lake.open(spark, other, Optional.empty());
  }

  @Test
  void tablesStayWhereTheyAre(@TempDir Path place, @TempDir Path elsewhere) {
    Releases.of(root).publish(release(1, Map.of()));

    assertThatThrownBy(() -> Lake.open(spark, root, Optional.of(place.toString())))
        .hasMessageContaining("they lie in " + root);

    Path fresh = elsewhere.resolve("lake");
    Lake.open(spark, fresh, Optional.of(place.toString()));
    assertThatThrownBy(() -> Lake.open(spark, fresh, Optional.of(elsewhere.toString())))
        .hasMessageContaining("they lie in " + place);
  }

  private Dataset<Row> rows(String... texts) {
    return spark
        .createDataset(java.util.List.of(texts), org.apache.spark.sql.Encoders.STRING())
        .toDF("text");
  }

  private static java.util.List<String> texts(Dataset<Row> frame) {
    return frame.as(org.apache.spark.sql.Encoders.STRING()).collectAsList();
  }

  private static Release release(long number, Map<String, Long> tables) {
    return new Release(
        number,
        "run",
        LocalDate.of(2026, 3, 31),
        Instant.parse("2026-04-01T00:00:00Z"),
        java.util.List.of("batch"),
        tables,
        null,
        null,
        null);
  }
}
