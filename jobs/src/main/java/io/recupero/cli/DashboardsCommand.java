package io.recupero.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The dashboards in a Superset of this machine, or for one elsewhere. */
@Command(
    name = "dashboards",
    subcommands = {
      DashboardsUpCommand.class,
      DashboardsDownCommand.class,
      DashboardsStatusCommand.class,
      DashboardsExportCommand.class,
      DashboardsImportCommand.class,
      DashboardsScreenshotCommand.class
    })
final class DashboardsCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
