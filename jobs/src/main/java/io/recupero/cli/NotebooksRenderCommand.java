package io.recupero.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Executes the notebooks and writes what they show as pages. */
@Command(name = "render")
final class NotebooksRenderCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private NotebooksHome home;

  @Option(names = "--out", paramLabel = "DIR", descriptionKey = "notebooks-out")
  private Path out;

  @Parameters(arity = "0..*", paramLabel = "NAME", descriptionKey = "notebooks-names")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    Path folder = out == null ? Recupero.home().resolve("docs/notebooks") : out;
    home.notebooks()
        .execute(
            DemoLake.orGiven(common),
            common.lang().code(),
            names,
            Optional.of(folder),
            () -> common.say("notebooks.installing"))
        .forEach(common.out()::println);
    common.out().flush();
    return 0;
  }
}
