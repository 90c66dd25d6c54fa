package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.notebook.Notebooks.Up;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings up a JupyterLab with the notebooks, over a lake; safe to repeat. */
@Command(
    name = "notebooks",
    subcommands = {
      NotebooksRunCommand.class,
      NotebooksRenderCommand.class,
      NotebooksStatusCommand.class,
      NotebooksDownCommand.class,
      NotebooksGatewayCommand.class
    })
final class NotebooksCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private NotebooksHome home;

  @Option(
      names = "--port",
      paramLabel = "NUMBER",
      defaultValue = "8899",
      descriptionKey = "dashboards-port")
  private int port;

  @Option(names = "--new-token", descriptionKey = "notebooks-new-token")
  private boolean newToken;

  @Override
  public Integer call() {
    if (port < 1 || port > 65_535) {
      throw new InvalidConfigException(
          "Invalid port " + port + ". Give --port a number from 1 to 65535, such as 8899.");
    }
    Path lake = DemoLake.orGiven(common);
    Up up =
        home.notebooks()
            .up(
                lake,
                port,
                common.lang().code(),
                newToken,
                () -> common.say("notebooks.installing"));
    common.say(up.token().isPresent() ? "notebooks.up" : "notebooks.already", lake);
    common.out().println(up.address() + up.token().map(it -> "lab?token=" + it).orElse("lab"));
    common.out().flush();
    common.say(up.token().isPresent() ? "notebooks.token" : "notebooks.token.lost");
    return 0;
  }
}
