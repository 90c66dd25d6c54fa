package io.recupero.cli;

import io.recupero.superset.Dashboards.Status;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells whether the dashboards run, where, and of which lake; fails where they do not. */
@Command(name = "status")
final class DashboardsStatusCommand implements Callable<Integer> {

  @Mixin private Common common;
  @Mixin private DashboardsHome home;

  @Override
  public Integer call() {
    Status status = home.dashboards().status();
    String state = status.healthy() ? "up" : status.pid().isPresent() ? "silent" : "down";
    common.print(
        new Table(
            List.of("state", "address", "lake", "engine", "pid", "home"),
            List.of(
                Arrays.asList(
                    state,
                    status.address().map(Object::toString).orElse(null),
                    status.lake().map(Object::toString).orElse(null),
                    status.engine().orElse(null),
                    status.pid().map(Object::toString).orElse(null),
                    home.home().folder().toString()))));
    if (status.died()) {
      common.say("dashboards.died", home.home().log());
    } else if (state.equals("silent")) {
      common.say("dashboards.silent", home.home().log());
    }
    return status.healthy() ? 0 : Failures.FAILED;
  }
}
