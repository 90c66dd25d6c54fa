package io.recupero.cli;

import io.recupero.lake.Sessions;
import io.recupero.sample.Generator;
import io.recupero.sample.GeneratorSettings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes sample data of any size. */
@Command(name = "generate", showDefaultValues = false)
final class GenerateCommand implements Callable<Integer> {

  private static final long INVOICES_OF_A_CUSTOMER = 20;
  private static final long MOST_CUSTOMERS = 10_000_000;

  @Mixin private Common common;

  @Option(names = "--out", required = true, paramLabel = "DIR", descriptionKey = "out")
  private Path out;

  @Option(
      names = "--invoices",
      defaultValue = "6000",
      paramLabel = "N",
      descriptionKey = "invoices")
  private long invoices;

  @Option(names = "--customers", paramLabel = "N", descriptionKey = "customers")
  private Long customers;

  @Option(names = "--months", defaultValue = "24", paramLabel = "N", descriptionKey = "months")
  private int months;

  @Option(
      names = "--start",
      defaultValue = "2024-04-01",
      paramLabel = "DATE",
      descriptionKey = "start")
  private LocalDate start;

  @Option(names = "--seed", defaultValue = "20240401", paramLabel = "N", descriptionKey = "seed")
  private long seed;

  @Option(
      names = "--awkward-share",
      defaultValue = "0.08",
      paramLabel = "SHARE",
      descriptionKey = "awkward-share")
  private double awkwardShare;

  @Option(
      names = "--bad-share",
      defaultValue = "0.01",
      paramLabel = "SHARE",
      descriptionKey = "bad-share")
  private double badShare;

  @Option(names = "--one-big-customer", descriptionKey = "one-big-customer")
  private boolean oneBigCustomer;

  @Option(names = "--one-big-day", descriptionKey = "one-big-day")
  private boolean oneBigDay;

  @Option(
      names = "--files",
      defaultValue = "csv",
      paramLabel = "csv|parquet",
      descriptionKey = "files")
  private GeneratorSettings.Format files;

  @Override
  public Integer call() {
    Path folder = out.toAbsolutePath().normalize();
    GeneratorSettings settings =
        new GeneratorSettings(
            invoices,
            customers != null ? customers : usualCustomers(),
            months,
            start,
            seed,
            awkwardShare,
            badShare,
            oneBigCustomer,
            oneBigDay,
            files,
            folder.toString());
    if (files == GeneratorSettings.Format.PARQUET) {
      Log.in(folder);
      Generator.generate(Sessions.open(), settings);
    } else {
      List<List<Object>> rows = new ArrayList<>();
      Generator.generate(settings)
          .rows()
          .forEach((table, count) -> rows.add(List.of(table, count)));
      common.print(new Table(List.of("table", "rows"), rows));
    }
    common.say("generate.done", folder.toString());
    return 0;
  }

  private long usualCustomers() {
    return Math.max(1, Math.min(MOST_CUSTOMERS, invoices / INVOICES_OF_A_CUSTOMER));
  }
}
