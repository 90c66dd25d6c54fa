package io.recupero.python;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The server process of a home: whether it runs, its start and its end. */
public final class Server {

  private static final Duration START = Duration.ofSeconds(90);

  private final Home home;
  private final String health;
  private final Daemon daemon;
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
    this.daemon = new Daemon(home, "server", "the server of `recupero " + home.command() + "`");
  }

  /** Returns where a server of this machine is found. */
  public static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Returns the running process of this home; a file left by a dead one counts as none. */
  public Optional<ProcessHandle> process() {
    return daemon.process();
  }

  /** Tells whether the process that was started is gone without having been stopped. */
  public boolean died() {
    return daemon.died();
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
    Daemon.refuseTaken(port, "--port");
  }

  /**
   * Starts the server and waits until it answers.
   *
   * @param words the words after this home's Python; one of them names the home, or what lies in it
   */
  public void start(int port, List<String> words, Map<String, String> environment) {
    refuseTaken(port);
    List<String> command = new ArrayList<>(List.of(home.python().toString()));
    command.addAll(words);
    daemon.start(command, environment, () -> isHealthy(port), START);
  }

  /** Stops the server, and returns whether there was one. */
  public boolean stop() {
    return daemon.stop();
  }
}
