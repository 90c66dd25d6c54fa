package io.recupero.notebook;

import io.recupero.python.Child;
import io.recupero.python.Fingerprint;
import io.recupero.python.Home;
import io.recupero.python.ProgramException;
import io.recupero.python.PythonEnvironment;
import io.recupero.python.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The notebooks on this machine: a JupyterLab over a lake, and their execution from top to bottom.
 *
 * <p>What Jupyter, matplotlib and the kernels keep lies in the home; of the user's own Jupyter
 * nothing is read and nothing is changed.
 */
public final class Notebooks {

  private static final int TOKEN_BYTES = 24;

  private final Home home;
  private final Path program;
  private final Path notebooks;
  private final Server server;

  /**
   * Takes a home, and where the program lies.
   *
   * @param program the folder with {@code recupero} and {@code notebooks/}
   */
  public Notebooks(Home home, Path program) {
    this.home = home;
    this.program = program.toAbsolutePath().normalize();
    this.notebooks = this.program.resolve("notebooks");
    this.server = new Server(home, "api");
  }

  /**
   * Brings JupyterLab up over a lake, doing what is not done yet. A server over another lake or
   * port, or of an older program, is started anew; its kernels end.
   *
   * @param newToken whether to start anew in any case: where the token was lost
   * @param installing is told before what takes minutes
   */
  public Up up(Path lake, int port, String language, boolean newToken, Runnable installing) {
    try (FileChannel held = home.hold()) {
      install(installing);
      String served = served(lake, port, language);
      State before = home.state(State.class).orElse(new State(null, 0, ""));
      boolean runs =
          server.process().isPresent()
              && served.equals(before.served())
              && server.isHealthy(port)
              && !newToken;
      if (runs) {
        return new Up(Server.address(port), Optional.empty());
      }
      if (server.process().isEmpty() || before.port() != port) {
        Server.refuseTaken(port); // what is refused leaves a server on another port as it is
      }
      server.stop();
      String token = token();
      Map<String, String> variables = variables(lake, language);
      // In the environment, which only its owner can read; a command line is everybody's.
      variables.put("JUPYTER_TOKEN", token);
      home.remember(new State(lake.toString(), port, served));
      server.start(port, jupyter(port), variables);
      return new Up(Server.address(port), Optional.of(token));
    } catch (IOException e) {
      throw new ProgramException("Cannot use " + home.folder() + ": " + e.getMessage(), e);
    }
  }

  /** Stops the server, and returns whether there was one. Notebooks are files, and stay. */
  public boolean down() {
    return server.stop();
  }

  /** Tells how the server of this home is. */
  public Status status() {
    Optional<State> state = home.state(State.class);
    Optional<ProcessHandle> process = server.process();
    boolean healthy =
        process.isPresent() && state.map(it -> server.isHealthy(it.port())).orElse(false);
    return new Status(
        process.map(ProcessHandle::pid),
        healthy,
        server.died(),
        state.map(it -> Server.address(it.port())),
        state.map(State::lake));
  }

  /**
   * Executes notebooks from top to bottom over a lake, each in a kernel of its own, all over one
   * Spark session. The files are not changed.
   *
   * @param names the starts of their names; none: all
   * @param html the folder for a copy of each as a page; empty: none is written
   * @return lines of what was done: name, seconds, page
   * @throws ProgramException where a cell fails, with the cell and what it said
   */
  public List<String> execute(
      Path lake, String language, List<String> names, Optional<Path> html, Runnable installing) {
    try (FileChannel held = home.hold()) {
      install(installing);
      List<String> command = new ArrayList<>();
      command.add(home.python().toString());
      command.add(notebooks.resolve("server/execute.py").toString());
      html.ifPresent(it -> command.addAll(List.of("--html", it.toAbsolutePath().toString())));
      command.addAll(names);
      return new Child(home.log(), variables(lake, language))
          .run("execute the notebooks", command)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new ProgramException("Cannot use " + home.folder() + ": " + e.getMessage(), e);
    }
  }

  private void install(Runnable installing) {
    PythonEnvironment environment = new PythonEnvironment(home);
    if (!environment.has(requirements())) {
      // Its programs go from under a server that runs; a new one is started.
      installing.run();
      server.stop();
      environment.install(requirements());
    }
  }

  private List<String> jupyter(int port) {
    return List.of(
        "-m",
        "jupyterlab",
        "--config=" + notebooks.resolve("server/jupyter_server_config.py"),
        "--ServerApp.root_dir=" + notebooks,
        "--ServerApp.port=" + port,
        "--ServerApp.cookie_secret_file=" + home.folder().resolve("cookie_secret"));
  }

  private Map<String, String> variables(Path lake, String language) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("RECUPERO_LAKE", lake.toString());
    all.put("RECUPERO_LANG", language);
    for (String name : List.of("CONFIG", "DATA", "RUNTIME")) {
      all.put("JUPYTER_" + name + "_DIR", home.folder().resolve("jupyter").toString());
    }
    all.put("IPYTHONDIR", home.folder().resolve("ipython").toString());
    all.put("MPLCONFIGDIR", home.folder().resolve("matplotlib").toString());
    return all;
  }

  private String served(Path lake, int port, String language) {
    Fingerprint all = new Fingerprint().add(notebooks.resolve("server"));
    requirements().forEach(all::add);
    variables(lake, language).forEach((name, value) -> all.add(name).add(value));
    return all.add(Integer.toString(port)).hex();
  }

  private List<Path> requirements() {
    return List.of(notebooks.resolve("constraints.txt"));
  }

  private static String token() {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    return HexFormat.of().formatHex(token);
  }

  /** What the last start was made of: the hash of it is {@code served}. */
  record State(String lake, int port, String served) {}

  /**
   * What is up.
   *
   * @param token that opens it, of a server that was just started; it is kept nowhere
   */
  public record Up(URI address, Optional<String> token) {}

  /**
   * How a home is.
   *
   * @param pid of the server, where it runs
   * @param healthy whether it answers
   * @param died whether it ended without being stopped
   */
  public record Status(
      Optional<Long> pid,
      boolean healthy,
      boolean died,
      Optional<URI> address,
      Optional<String> lake) {}
}
