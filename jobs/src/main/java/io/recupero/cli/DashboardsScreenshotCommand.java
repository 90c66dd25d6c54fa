package io.recupero.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes pictures of the dashboards that are up. */
@Command(name = "screenshot")
final class DashboardsScreenshotCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private DashboardsHome home;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      descriptionKey = "dashboards-pictures")
  private Path out;

  @Option(names = "--user", paramLabel = "NAME", descriptionKey = "dashboards-seen-by")
  private String user;

  @Option(names = "--only", paramLabel = "ID", descriptionKey = "dashboards-only")
  private String only;

  @Option(names = "--size", paramLabel = "laptop|wide", descriptionKey = "dashboards-size")
  private String size;

  @Override
  public Integer call() {
    common
        .out()
        .print(
            home.dashboards()
                .screenshots(
                    out.toAbsolutePath().normalize(),
                    Optional.ofNullable(user),
                    Optional.ofNullable(only),
                    Optional.ofNullable(size)));
    common.out().flush();
    return 0;
  }
}
