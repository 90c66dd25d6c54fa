package io.recupero.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the dashboards' server. */
@Command(name = "down")
final class DashboardsDownCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private DashboardsHome home;

  @Override
  public Integer call() {
    common.say(home.dashboards().down() ? "dashboards.down" : "dashboards.down.none");
    return 0;
  }
}
