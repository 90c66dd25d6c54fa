package io.recupero.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.TestSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetGeneratorTest {

  private final SparkSession spark = TestSpark.session();

  @TempDir Path folder;

  @Test
  void content_does_not_depend_on_the_number_of_partitions() {
    Generator.generate(spark, settings("one", 20_000, 0.01, GeneratorSettings.Format.PARQUET), 1);
    Generator.generate(spark, settings("seven", 20_000, 0.01, GeneratorSettings.Format.PARQUET), 7);

    for (Table table : Table.values()) {
      assertThat(fingerprint(parquet("one", table)))
          .as(table.fileName())
          .isEqualTo(fingerprint(parquet("seven", table)));
    }
  }

  @Test
  void both_ways_out_tell_the_same_story() {
    Generator.generate(settings("csv", 2_000, 0, GeneratorSettings.Format.CSV));
    Generator.generate(spark, settings("parquet", 2_000, 0, GeneratorSettings.Format.PARQUET), 2);

    for (Table table : Table.values()) {
      Dataset<Row> typed = parquet("parquet", table);
      assertThat(typed.schema()).isEqualTo(table.schema());
      Column[] exact = exact(table);
      assertThat(fingerprint(typed.select(exact)))
          .as(table.fileName())
          .isEqualTo(fingerprint(csv(table).select(exact)));
    }
  }

  /** Leaves recorded_at out: a bare date there is the end of that day, which Spark cannot know. */
  private static Column[] exact(Table table) {
    return Arrays.stream(table.schema().fieldNames())
        .filter(name -> !name.equals("recorded_at"))
        .map(functions::col)
        .toArray(Column[]::new);
  }

  /** Number of rows, and a sum over their hashes that their order does not change. */
  private static String fingerprint(Dataset<Row> rows) {
    return rows.select(functions.expr("CAST(xxhash64(struct(*)) AS DECIMAL(38,0))").as("hash"))
        .agg(functions.count("*"), functions.sum("hash"))
        .head()
        .toString();
  }

  private Dataset<Row> parquet(String name, Table table) {
    return spark.read().parquet(folder.resolve(name + "/" + table.fileName() + ".parquet").toString());
  }

  private Dataset<Row> csv(Table table) {
    return spark
        .read()
        .option("header", true)
        .option("multiLine", true)
        .option("escape", "\"")
        .schema(table.schema())
        .csv(folder.resolve("csv/" + table.fileName() + ".csv").toString());
  }

  private GeneratorSettings settings(
      String name, long invoices, double bad, GeneratorSettings.Format format) {
    return new GeneratorSettings(
        invoices, invoices / 40, 24, LocalDate.of(2024, 4, 1), 5, 0.1, bad, true, true, format,
        folder.resolve(name).toString());
  }
}
