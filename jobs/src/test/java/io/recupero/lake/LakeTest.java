package io.recupero.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.recupero.TestSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
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
