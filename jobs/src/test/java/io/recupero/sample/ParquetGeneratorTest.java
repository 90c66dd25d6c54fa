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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetGeneratorTest {

  private static final SparkSession spark = TestSpark.session();

  @TempDir static Path folder;

  @BeforeAll
  static void generate() {
    Generator.generate(settings("csv", GeneratorSettings.Format.CSV));
    Generator.generate(spark, settings("one", GeneratorSettings.Format.PARQUET), 1);
    Generator.generate(spark, settings("seven", GeneratorSettings.Format.PARQUET), 7);
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void content_does_not_depend_on_the_number_of_partitions(Table table) {
    assertThat(fingerprint(parquet("one", table))).isEqualTo(fingerprint(parquet("seven", table)));
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void both_ways_out_tell_the_same_story(Table table) {
    Dataset<Row> typed = parquet("one", table);
    assertThat(typed.schema()).isEqualTo(table.schema());
    Column[] exact = exact(table);
    Column clean =
        functions.not(functions.col(table.schema().fieldNames()[0]).cast("string").contains("-X"));
    assertThat(fingerprint(typed.where(clean).select(exact)))
        .isEqualTo(fingerprint(csv(table).where(clean).select(exact)));
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
    return spark
        .read()
        .parquet(folder.resolve(name + "/" + table.fileName() + ".parquet").toString());
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

  private static GeneratorSettings settings(String name, GeneratorSettings.Format format) {
    return new GeneratorSettings(
        20_000,
        500,
        24,
        LocalDate.of(2024, 4, 1),
        5,
        0.1,
        0.01,
        true,
        true,
        format,
        folder.resolve(name).toString());
  }
}
