package io.recupero.python;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server process of a home: whether it runs, its start and its end. */
public final class Server {

  /** A session of its own: the end of the terminal that it was started from is not its end. */
  private static final String DETACHED =
      "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])";

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final Home home;
  private final String health;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /**
   * Takes the home that it runs in.
   *
   * @param health the path that answers with 200 while it is well, without a login
   */
  public Server(Home home, String health) {
    this.home = home;
    this.health = health;
  }

  /** Returns where a server of this machine is found. */
  public static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Returns the running process of this home; a file left by a dead one counts as none. */
  public Optional<ProcessHandle> process() {
    try {
      if (!Files.exists(home.pidFile())) {
        return Optional.empty();
      }
      long pid = Long.parseLong(Files.readString(home.pidFile()).strip());
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Tells whether the process that was started is gone without having been stopped. */
  public boolean died() {
    return Files.exists(home.pidFile()) && process().isEmpty();
  }

  /** A process id is given again after its process has ended: ours names the home. */
  private boolean isOurs(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(
            arguments ->
                Arrays.stream(arguments).anyMatch(it -> (it + "/").contains(home.folder() + "/")))
        .orElse(false);
  }

  /** Tells whether the server answers. */
  public boolean isHealthy(int port) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address(port).resolve(health))
              .timeout(Duration.ofSeconds(5))
              .build();
      return http.send(request, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Refuses a port that something else listens on. */
  public static void refuseTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new ProgramException(
          "Cannot listen on 127.0.0.1:"
              + port
              + ": "
              + e.getMessage()
              + ". Something else listens there; stop it, or give another port with --port.");
    }
  }

  /**
   * Starts the server and waits until it answers.
   *
   * @param words the words after this home's Python; one of them names the home, or what lies in it
   */
  public void start(int port, List<String> words, Map<String, String> environment) {
    refuseTaken(port);
    try {
      long before = Files.exists(home.log()) ? Files.size(home.log()) : 0;
      String python = home.python().toString();
      List<String> command = new ArrayList<>(List.of(python, "-c", DETACHED, python));
      command.addAll(words);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Child.alone(builder);
      builder.directory(home.folder().toFile());
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(home.log().toFile()));
      Process started = builder.start();
      Files.writeString(home.pidFile(), Long.toString(started.pid()));
      await(started, port, before);
    } catch (IOException e) {
      throw new ProgramException(
          "Cannot start the server of `recupero " + home.command() + "`: " + e.getMessage(), e);
    }
  }

  private void await(Process started, int port, long before) {
    long end = System.nanoTime() + START.toNanos();
    while (started.isAlive() && System.nanoTime() < end) {
      if (isHealthy(port)) {
        return;
      }
      pause();
    }
    String why =
        started.isAlive() ? "it does not answer on port " + port : "it ended while starting";
    stop();
    throw new ProgramException(
        "Cannot start the server of `recupero "
            + home.command()
            + "`: "
            + why
            + ":\n"
            + Child.tail(home.log(), before)
            + "\nAll of it is in "
            + home.log());
  }

  /** Stops the server, and returns whether there was one. */
  public boolean stop() {
    Optional<ProcessHandle> running = process();
    running.ifPresent(
        process -> {
          List<ProcessHandle> all = process.descendants().toList();
          process.destroy();
          try {
            process.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (Exception late) {
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
          }
        });
    try {
      Files.deleteIfExists(home.pidFile());
    } catch (IOException e) {
      throw new ProgramException("Cannot delete " + home.pidFile() + ": " + e.getMessage(), e);
    }
    return running.isPresent();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
