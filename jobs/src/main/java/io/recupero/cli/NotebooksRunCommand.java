package io.recupero.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Executes the notebooks from top to bottom, and fails where one of them does. */
@Command(name = "run")
final class NotebooksRunCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private NotebooksHome home;

  @Parameters(arity = "0..*", paramLabel = "NAME", descriptionKey = "notebooks-names")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    home.notebooks()
        .execute(
            DemoLake.orGiven(common),
            common.lang().code(),
            names,
            Optional.empty(),
            () -> common.say("notebooks.installing"))
        .forEach(common.out()::println);
    common.out().flush();
    return 0;
  }
}
