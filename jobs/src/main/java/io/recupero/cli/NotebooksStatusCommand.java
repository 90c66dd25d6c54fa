package io.recupero.cli;

import io.recupero.notebook.Notebooks.Status;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells whether the notebooks' JupyterLab runs, where, and over which lake. */
@Command(name = "status")
final class NotebooksStatusCommand implements Callable<Integer> {

  @Mixin private Common common;
  @Mixin private NotebooksHome home;

  @Override
  public Integer call() {
    Status status = home.notebooks().status();
    String state = status.healthy() ? "up" : status.pid().isPresent() ? "silent" : "down";
    common.print(
        new Table(
            List.of("state", "address", "lake", "pid", "home"),
            List.of(
                Arrays.asList(
                    state,
                    status.address().map(Object::toString).orElse(null),
                    status.lake().orElse(null),
                    status.pid().map(Object::toString).orElse(null),
                    home.home().folder().toString()))));
    if (status.died() || state.equals("silent")) {
      common.say(status.died() ? "notebooks.died" : "notebooks.silent", home.home().log());
    }
    return status.healthy() ? 0 : Failures.FAILED;
  }
}
