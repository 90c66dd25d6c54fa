package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.lake.Release;
import io.recupero.publish.ServingFile;
import io.recupero.superset.Dashboards.Up;
import io.recupero.superset.Dashboards.UpRequest;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings up the dashboards of a lake; safe to repeat. */
@Command(name = "up")
final class DashboardsUpCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private DashboardsHome home;

  @Option(
      names = "--port",
      paramLabel = "NUMBER",
      defaultValue = "8088",
      descriptionKey = "dashboards-port")
  private int port;

  @Option(names = "--access", paramLabel = "FILE", descriptionKey = "dashboards-access")
  private Path access;

  @Option(names = "--assets", paramLabel = "DIR", descriptionKey = "dashboards-assets")
  private Path assets;

  @Option(names = "--new-password", paramLabel = "USER", descriptionKey = "dashboards-new-password")
  private String newPasswordFor;

  @Override
  public Integer call() {
    Path lake = common.lake().toAbsolutePath().normalize();
    Release release = ReleaseOf.current(lake);
    Path serving = serving(lake, release);
    Up up =
        assets == null
            ? Scratch.with(
                folder -> {
                  Engine.DUCKDB.writeAssets(release, Engine.DUCKDB.uri(lake), folder);
                  return up(lake, serving, folder);
                })
            : up(lake, serving, assets.toAbsolutePath());
    up.passwords().forEach((user, password) -> common.out().println(user + "\t" + password));
    if (!up.passwords().isEmpty()) {
      common.say("dashboards.passwords");
    }
    common.say(up.already() ? "dashboards.already" : "dashboards.up");
    common.out().println(up.address());
    common.out().flush();
    return 0;
  }

  private Up up(Path lake, Path serving, Path folder) {
    UpRequest request =
        new UpRequest(
            lake,
            serving,
            folder,
            Optional.ofNullable(access).map(Path::toAbsolutePath),
            port(),
            common.lang().code(),
            Optional.ofNullable(newPasswordFor));
    return home.dashboards()
        .up(request, step -> common.say("dashboards.step." + step.name().toLowerCase(Locale.ROOT)));
  }

  private static Path serving(Path lake, Release release) {
    return ServingFile.refresh(lake, release)
        .orElseThrow(
            () ->
                new InvalidConfigException(
                    "Cannot serve "
                        + lake
                        + " with DuckDB: its tables lie in an object store. Take --engine spark."));
  }

  private int port() {
    if (port < 1 || port > 65_535) {
      throw new InvalidConfigException(
          "Invalid port " + port + ". Give --port a number from 1 to 65535, such as 8088.");
    }
    return port;
  }
}
