package io.recupero.superset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.recupero.python.Child;
import io.recupero.python.Fingerprint;
import io.recupero.python.Home;
import io.recupero.python.ProgramException;
import io.recupero.python.PythonEnvironment;
import io.recupero.python.Server;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The dashboards on this machine: brought up, taken down, asked how they are.
 *
 * <p>Each step knows by a hash whether it has been done; so {@code up} is safe to repeat, goes on
 * where it broke off, and does what an update of the program or of a file makes needed.
 */
public final class Dashboards {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> LIMITS =
      List.of("RECUPERO_QUERY_SECONDS", "RECUPERO_DUCKDB_MEMORY", "RECUPERO_DUCKDB_THREADS");

  private final Home home;
  private final Path program;
  private final Server server;
  private final SparkServer spark;

  /**
   * Takes a home and the program's folder {@code superset}.
   *
   * @param home where the Superset lives
   * @param program the folder with its settings and requirements
   */
  public Dashboards(Home home, Path program) {
    this.home = home;
    this.program = program.toAbsolutePath().normalize();
    this.server = new Server(home, "health");
    this.spark = new SparkServer(home);
  }

  /** Brings the dashboards up, doing what is not done yet. */
  public Up up(UpRequest request, Consumer<Step> doing) {
    try (FileChannel held = home.hold()) {
      PythonEnvironment environment = new PythonEnvironment(home);
      List<Path> wanted = request.requirements(program);
      if (!environment.has(wanted)) {
        // Its programs go from under a server that runs; a new one is started below.
        doing.accept(Step.INSTALLING);
        server.stop();
        environment.install(wanted);
      }
      State before = state().orElse(new State("", "", 0, "", "", "", "", ""));
      String served = served(request);
      boolean runs =
          server.process().isPresent()
              && served.equals(before.served())
              && server.isHealthy(request.port());
      if (!runs) {
        // What is refused leaves a server on another port as it is.
        boolean samePort = before.port() == request.port() || before.port() == 0; // 0: not told
        if (server.process().isEmpty() || !samePort) {
          Server.refuseTaken(request.port());
        }
        server.stop();
      }
      boolean sparkRan = spark.bring(request, before.spark(), () -> doing.accept(Step.SPARK));
      String imported = imported(request);
      Map<String, String> passwords = Map.of();
      String granted = request.granted();
      boolean imports = !imported.equals(before.imported());
      boolean grants = !granted.equals(before.granted()) || request.newPasswordFor().isPresent();
      if (imports || grants) {
        doing.accept(imports ? Step.IMPORTING : Step.GRANTING);
        home.remember(state(request, imports ? "" : imported, "", runs ? served : before.served()));
        passwords = bootstrap(request, imports);
      }
      if (!runs) {
        doing.accept(Step.STARTING);
        server.start(request.port(), gunicorn(), variables(request));
      }
      home.remember(state(request, imported, granted, served));
      return new Up(
          Server.address(request.port()), runs && sparkRan && !imports && !grants, passwords);
    } catch (IOException e) {
      throw new ProgramException("Cannot use " + home.folder() + ": " + e.getMessage(), e);
    }
  }

  /** Stops the server, and returns whether there was one. What it was told stays. */
  public boolean down() {
    if (!Files.isDirectory(home.folder())) {
      return false;
    }
    try (FileChannel held = home.hold()) {
      boolean stopped = server.stop();
      return spark.stop() || stopped;
    } catch (IOException e) {
      throw new ProgramException("Cannot use " + home.folder() + ": " + e.getMessage(), e);
    }
  }

  /** Tells how the dashboards of this home are. */
  public Status status() {
    Optional<State> state = state();
    Optional<ProcessHandle> process = server.process();
    boolean healthy =
        process.isPresent() && state.map(it -> server.isHealthy(it.port())).orElse(false);
    return new Status(
        process.map(ProcessHandle::pid),
        healthy,
        server.died(),
        state.map(it -> Server.address(it.port())),
        state.map(it -> Path.of(it.lake())),
        state.map(State::engine));
  }

  /**
   * Takes pictures of the dashboards that are up, and returns their paths, a line each.
   *
   * @param user who looks; an administrator where nobody is named
   * @param only the start of the ids of those wanted
   * @param size laptop or wide; both where none is named
   * @throws ProgramException where they are not up, there is no browser, or a chart fails
   */
  public String screenshots(
      Path out, Optional<String> user, Optional<String> only, Optional<String> size) {
    State state =
        state()
            .filter(it -> server.process().isPresent() && server.isHealthy(it.port()))
            .orElseThrow(
                () ->
                    new ProgramException(
                        "Cannot take pictures: the dashboards of "
                            + home.folder()
                            + " are not up. Run ./recupero dashboards up first."));
    new PythonEnvironment(home).install(List.of(program.resolve("browser.txt")));
    List<String> command = new ArrayList<>();
    command.add(home.python().toString());
    command.add(program.resolve("server/screenshot.py").toString());
    command.addAll(List.of("--out", out.toString()));
    user.ifPresent(it -> command.addAll(List.of("--user", it)));
    only.ifPresent(it -> command.addAll(List.of("--only", it)));
    size.ifPresent(it -> command.addAll(List.of("--size", it)));
    return new Child(home.log(), variables(state.port(), state.serving(), "en", Map.of()))
        .run("take pictures of the dashboards", command)
        .lines()
        .filter(line -> line.startsWith(out.toString())) // Superset greets on the same way out
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private List<String> gunicorn() {
    return List.of(
        "-m",
        "gunicorn",
        "--chdir",
        home.folder().toString(),
        "--config",
        program.resolve("server/gunicorn.conf.py").toString(),
        "superset.app:create_app()");
  }

  private Map<String, String> bootstrap(UpRequest request, boolean imports) {
    List<String> command = new ArrayList<>();
    command.add(home.python().toString());
    command.add(program.resolve("server/bootstrap.py").toString());
    if (imports) {
      command.addAll(List.of("--assets", request.assets().toString()));
    }
    request.access().ifPresent(it -> command.addAll(List.of("--access", it.toString())));
    request.newPasswordFor().ifPresent(it -> command.addAll(List.of("--new-password", it)));
    String printed =
        new Child(home.log(), variables(request)).run("bring the dashboards in", command);
    String last = printed.lines().reduce("", (earlier, line) -> line);
    try {
      Map<String, String> passwords = new LinkedHashMap<>();
      JsonNode made = JSON.readTree(last).path("passwords");
      made.fields().forEachRemaining(it -> passwords.put(it.getKey(), it.getValue().asText()));
      return passwords;
    } catch (JsonProcessingException e) {
      throw new ProgramException("Cannot read what bringing in said: " + last, e);
    }
  }

  private Map<String, String> variables(UpRequest request) {
    return variables(
        request.port(),
        request.source().serving(),
        request.language(),
        spark.variables(request.source()));
  }

  private Map<String, String> variables(
      int port, String serving, String language, Map<String, String> further) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("RECUPERO_SUPERSET_HOME", home.folder().toString());
    all.put("RECUPERO_SERVING", serving);
    all.put("RECUPERO_PORT", Integer.toString(port));
    all.put("RECUPERO_LANG", language);
    all.put("SUPERSET_CONFIG_PATH", program.resolve("server/superset_config.py").toString());
    all.put("SUPERSET_HOME", home.folder().toString());
    all.put("PYTHONPATH", program.resolve("server").toString());
    // Days are the creditor's and come from the data; a zone would only shift them.
    all.put("TZ", "UTC");
    // Handed on anyway; named here, so that a change of theirs starts the server anew.
    LIMITS.forEach(
        name -> Optional.ofNullable(System.getenv(name)).ifPresent(it -> all.put(name, it)));
    all.putAll(further);
    return all;
  }

  private Optional<State> state() {
    return home.state(State.class).filter(State::whole);
  }

  private State state(UpRequest request, String imported, String granted, String served) {
    return new State(
        request.lake().toString(),
        request.source().serving(),
        request.port(),
        request.source().engine(),
        imported,
        granted,
        served,
        request.sparked());
  }

  private String served(UpRequest request) {
    Fingerprint all = programs(request);
    variables(request).forEach((name, value) -> all.add(name).add(value));
    return all.hex();
  }

  private String imported(UpRequest request) {
    return programs(request).add(request.assets()).hex();
  }

  private Fingerprint programs(UpRequest request) {
    Fingerprint all = new Fingerprint().add(program.resolve("server"));
    request.requirements(program).forEach(all::add);
    return all;
  }

  /** What takes a while. */
  public enum Step {
    INSTALLING,
    SPARK,
    IMPORTING,
    GRANTING,
    STARTING
  }

  /**
   * What is up.
   *
   * @param already whether all of it was so before
   * @param passwords of new users, by name; they are kept nowhere
   */
  public record Up(URI address, boolean already, Map<String, String> passwords) {}

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
      Optional<Path> lake,
      Optional<String> engine) {}
}
