package io.recupero.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Who will pay late: models that are trained on the past and judged by what came after it. */
@Command(
    name = "risk",
    subcommands = {RiskTrainCommand.class, RiskEvaluateCommand.class})
final class RiskCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
