package io.recupero.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the notebooks' JupyterLab. */
@Command(name = "down")
final class NotebooksDownCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private NotebooksHome home;

  @Override
  public Integer call() {
    common.say(home.notebooks().down() ? "notebooks.down" : "notebooks.down.none");
    return 0;
  }
}
