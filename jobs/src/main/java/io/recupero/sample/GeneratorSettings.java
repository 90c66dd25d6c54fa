package io.recupero.sample;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What to generate. Equal settings give equal data, whatever the machine and the parallelism.
 *
 * @param invoices ordinary invoices (1 to 1,000,000,000); debit notes, instalments and faulty rows
 *     come on top
 * @param customers customers (1 to 10,000,000)
 * @param months calendar months of history from {@code start} on; nothing is dated after them
 *     except due dates and promises
 * @param start first day of the history
 * @param seed any number; another seed is another creditor
 * @param awkwardShare share of invoices with a legitimate awkward story (0 to 0.5), see {@link
 *     Case}
 * @param badShare share of invoices beside which a record is written that breaks a rule (0 to 0.1),
 *     see {@link Flaw}
 * @param oneBigCustomer whether the first customer has 20 % of all invoices
 * @param oneBigDay whether one day has about 10 % of all payments
 * @param format how the files are written
 * @param output folder of the files, for Parquet also a URI that Hadoop knows; created where it is
 *     missing, its files of the same names are replaced
 */
public record GeneratorSettings(
    long invoices,
    long customers,
    int months,
    LocalDate start,
    long seed,
    double awkwardShare,
    double badShare,
    boolean oneBigCustomer,
    boolean oneBigDay,
    Format format,
    String output)
    implements Serializable {

  /** How the files are written. */
  public enum Format {
    /** Sorted text, the same bytes every time, written by one thread. */
    CSV,
    /** Typed columns, written by Spark in parallel. */
    PARQUET
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming every setting that is out of its range
   */
  public GeneratorSettings {
    List<String> problems = new ArrayList<>();
    require(
        problems,
        1 <= invoices && invoices <= 1_000_000_000L,
        "invoices",
        invoices,
        "1 to 1000000000");
    require(
        problems,
        1 <= customers && customers <= 10_000_000,
        "customers",
        customers,
        "1 to 10000000");
    require(problems, 1 <= months && months <= 600, "months", months, "1 to 600");
    require(problems, start != null, "start", start, "a date");
    require(
        problems,
        0 <= awkwardShare && awkwardShare <= 0.5,
        "awkwardShare",
        awkwardShare,
        "0 to 0.5");
    require(problems, 0 <= badShare && badShare <= 0.1, "badShare", badShare, "0 to 0.1");
    require(problems, format != null, "format", format, "CSV or PARQUET");
    require(problems, output != null && !output.isBlank(), "output", output, "a folder");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid generator settings: " + String.join("; ", problems) + ". Correct them.");
    }
  }

  /** Returns the settings of data-samples/raw: 300 customers, 6,000 invoices, 24 months, CSV. */
  public static GeneratorSettings sample(String output) {
    return new GeneratorSettings(
        6_000,
        300,
        24,
        LocalDate.of(2024, 4, 1),
        20240401,
        0.08,
        0.01,
        false,
        false,
        Format.CSV,
        output);
  }

  /**
   * Returns the settings of a large history as Parquet: the sample's period and seed, one customer
   * for every 50 invoices.
   */
  public static GeneratorSettings large(long invoices, String output) {
    return new GeneratorSettings(
        invoices,
        Math.max(1, Math.min(10_000_000, invoices / 50)),
        24,
        LocalDate.of(2024, 4, 1),
        20240401,
        0.08,
        0.01,
        false,
        false,
        Format.PARQUET,
        output);
  }

  /** Returns the last day of the history. */
  public LocalDate end() {
    return start.plusMonths(months).minusDays(1);
  }

  /** Returns the day that has about 10 % of all payments where {@link #oneBigDay} is set. */
  public LocalDate bigDay() {
    return start.plusDays((end().toEpochDay() - start.toEpochDay()) * 5 / 6);
  }

  private static void require(
      List<String> problems, boolean holds, String name, Object value, String range) {
    if (!holds) {
      problems.add(name + " is " + value + ", it must be " + range);
    }
  }
}
