package io.recupero.cli;

import io.recupero.lake.Release;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges models of late payment out of time, and keeps none. */
@Command(name = "evaluate")
final class RiskEvaluateCommand implements Callable<Integer> {

  @Mixin private Common common;
  @Mixin private RiskOptions options;

  @Option(names = "--table", paramLabel = "NAME", descriptionKey = "risk-table")
  private String only;

  @Override
  public Integer call() {
    RiskTables.check(only);
    Path folder = common.lake();
    Release release = options.release(folder);
    RiskTables.print(common, options.training(folder, release).evaluate(), only);
    return 0;
  }
}
