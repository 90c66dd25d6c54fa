package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.superset.RemoteSuperset;
import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings the dashboards into a Superset that is there already. */
@Command(name = "import")
final class DashboardsImportCommand implements Callable<Integer> {

  /** The variable that holds the password: an option would be seen in the list of processes. */
  static final String PASSWORD = "RECUPERO_SUPERSET_PASSWORD";

  @Mixin private CommonOptions common;

  @Option(names = "--url", paramLabel = "URL", required = true, descriptionKey = "dashboards-url")
  private URI url;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      required = true,
      descriptionKey = "dashboards-user")
  private String user;

  @Option(
      names = "--provider",
      paramLabel = "db|ldap",
      defaultValue = "db",
      descriptionKey = "dashboards-provider")
  private String provider;

  @Mixin private DashboardsAssets assets;

  @Override
  public Integer call() {
    if (url.getHost() == null || url.getScheme() == null || !url.getScheme().startsWith("http")) {
      throw new InvalidConfigException(
          "Invalid address "
              + url
              + ". Give --url as https://superset.example.com/, the page that people open.");
    }
    RemoteSuperset superset = new RemoteSuperset(url, user);
    Consumer<Path> bring = folder -> superset.bring(folder, password(), provider);
    if (assets.areGiven()) {
      assets.withGiven(bring);
    } else {
      Path lake = common.lake();
      assets.with(
          lake,
          ReleaseOf.current(lake),
          Integer.parseInt(Engine.SPARK_PORT),
          folder -> {
            bring.accept(folder);
            return folder;
          });
    }
    common.say("dashboards.imported", url);
    return 0;
  }

  private String password() {
    String variable = System.getenv(PASSWORD);
    if (variable != null && !variable.isEmpty()) {
      return variable;
    }
    Console console = System.console();
    if (console == null) {
      throw new InvalidConfigException(
          "Cannot log in as "
              + user
              + ": there is no password. Set the variable "
              + PASSWORD
              + ", or run this in a terminal and be asked.");
    }
    char[] typed =
        console.readPassword("%s", common.messages().text("dashboards.password", user, url));
    return typed == null ? "" : new String(typed);
  }
}
