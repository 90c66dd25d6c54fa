package io.recupero.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tools for those who tune segments. */
@Command(
    name = "segments",
    subcommands = {
      SegmentsCompareCommand.class,
      SegmentsLearnCommand.class,
      SegmentsTrainingCommand.class
    })
final class SegmentsCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
