package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.lake.Release;
import io.recupero.publish.ServingFile;
import io.recupero.superset.Dashboards.Up;
import io.recupero.superset.UpRequest;
import io.recupero.superset.UpRequest.Source;
import io.recupero.superset.UpRequest.Spark;
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
  @Mixin private DashboardsAssets assets;

  @Option(
      names = "--port",
      paramLabel = "NUMBER",
      defaultValue = "8088",
      descriptionKey = "dashboards-port")
  private int port;

  @Option(
      names = "--spark-port",
      paramLabel = "NUMBER",
      defaultValue = Engine.SPARK_PORT,
      descriptionKey = "dashboards-spark-port")
  private int sparkPort;

  @Option(names = "--access", paramLabel = "FILE", descriptionKey = "dashboards-access")
  private Path access;

  @Option(names = "--new-password", paramLabel = "USER", descriptionKey = "dashboards-new-password")
  private String newPasswordFor;

  @Override
  public Integer call() {
    Path lake = common.lake().toAbsolutePath().normalize();
    Release release = ReleaseOf.current(lake);
    Source source = source(lake, release);
    Up up =
        assets.with(
            lake, release, port(sparkPort, "--spark-port"), folder -> up(lake, source, folder));
    up.passwords().forEach((user, password) -> common.out().println(user + "\t" + password));
    if (!up.passwords().isEmpty()) {
      common.say("dashboards.passwords");
    }
    common.say(up.already() ? "dashboards.already" : "dashboards.up");
    common.out().println(up.address());
    common.out().flush();
    return 0;
  }

  private Up up(Path lake, Source source, Path folder) {
    UpRequest request =
        new UpRequest(
            lake,
            source,
            folder,
            Optional.ofNullable(access).map(Path::toAbsolutePath),
            port(port, "--port"),
            common.lang().code(),
            Optional.ofNullable(newPasswordFor));
    return home.dashboards()
        .up(request, step -> common.say("dashboards.step." + step.name().toLowerCase(Locale.ROOT)));
  }

  private Source source(Path lake, Release release) {
    if (assets.engine() == Engine.DUCKDB) {
      return new Source("duckdb", serving(lake, release).toString(), Optional.empty());
    }
    return new Source(
        "spark",
        "",
        assets.uri().isPresent()
            ? Optional.empty()
            : Optional.of(new Spark(SparkProgramOf.thisProgram(), sparkPort, release.number())));
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

  private static int port(int port, String option) {
    if (port < 1 || port > 65_535) {
      throw new InvalidConfigException(
          "Invalid port " + port + ". Give " + option + " a number from 1 to 65535.");
    }
    return port;
  }
}
