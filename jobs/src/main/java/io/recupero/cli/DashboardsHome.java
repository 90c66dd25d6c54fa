package io.recupero.cli;

import io.recupero.python.Home;
import io.recupero.superset.Dashboards;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says which Superset of this machine is meant. */
final class DashboardsHome {

  @Option(names = "--home", paramLabel = "DIR", descriptionKey = "dashboards-home")
  private Path home;

  Home home() {
    return Home.of(home, "superset", "dashboards");
  }

  Dashboards dashboards() {
    return new Dashboards(home(), program());
  }

  /** Returns the folder of what runs inside Superset. */
  static Path program() {
    return Recupero.home().resolve("superset");
  }
}
