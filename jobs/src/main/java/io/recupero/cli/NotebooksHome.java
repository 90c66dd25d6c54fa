package io.recupero.cli;

import io.recupero.notebook.Notebooks;
import io.recupero.python.Home;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says which JupyterLab of this machine is meant. */
final class NotebooksHome {

  @Option(names = "--home", paramLabel = "DIR", descriptionKey = "notebooks-home")
  private Path home;

  Home home() {
    return Home.of(home, "notebooks", "notebooks");
  }

  Notebooks notebooks() {
    return new Notebooks(home(), Recupero.home());
  }
}
