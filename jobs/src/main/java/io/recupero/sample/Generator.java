package io.recupero.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Generates the sixteen canonical input tables of a made-up Latin American creditor. The data are a
 * function of the settings alone; people, companies and tax numbers are invented.
 */
public final class Generator {

  /** Keeps files near 30 MB, and a failed task cheap. */
  private static final long INVOICES_OF_A_FILE = 1_000_000;

  private Generator() {}

  /**
   * Writes {@code <table>.csv} files, sorted, the same bytes for the same settings. Memory does not
   * grow with the number of invoices; from a million on, Parquet is the better way.
   *
   * @return what was written
   * @throws IllegalArgumentException where the settings ask for another format
   * @throws UncheckedIOException where the folder cannot be written
   */
  public static GeneratorReport generate(GeneratorSettings settings) {
    require(settings, GeneratorSettings.Format.CSV, "generate(SparkSession, GeneratorSettings)");
    try (CsvFiles files = new CsvFiles(Path.of(settings.output()))) {
      CustomerStory story = new CustomerStory(settings);
      for (long customer = 1; customer <= settings.customers(); customer++) {
        int parts = story.parts(customer);
        for (int part = 0; part < parts; part++) {
          story.tell(customer, part, files);
          files.flush();
        }
      }
      Reference.tell(settings, files);
      files.flush();
      return files.report();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write to "
              + settings.output()
              + ": "
              + e.getMessage()
              + ". Choose another folder.",
          e);
    }
  }

  /**
   * Writes {@code <table>.parquet} folders with typed columns, in parallel; an existing table is
   * replaced. The content does not depend on the number of cores or partitions, the order of rows
   * does. Times are instants; faulty records that only text can carry are left out.
   *
   * @throws IllegalArgumentException where the settings ask for another format
   */
  public static void generate(SparkSession spark, GeneratorSettings settings) {
    int cores = spark.sparkContext().defaultParallelism();
    long files = (settings.invoices() + INVOICES_OF_A_FILE - 1) / INVOICES_OF_A_FILE;
    generate(spark, settings, (int) Math.max(cores, files));
  }

  static void generate(SparkSession spark, GeneratorSettings settings, int partitions) {
    require(settings, GeneratorSettings.Format.PARQUET, "generate(GeneratorSettings)");
    for (Table table : Table.values()) {
      ParquetFiles.table(spark, settings, table, partitions)
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(settings.output() + "/" + table.fileName() + ".parquet");
    }
  }

  private static void require(
      GeneratorSettings settings, GeneratorSettings.Format format, String other) {
    if (settings.format() != format) {
      throw new IllegalArgumentException(
          "Cannot write "
              + settings.format()
              + " this way: call "
              + other
              + ", or set the format to "
              + format
              + ".");
    }
  }
}
