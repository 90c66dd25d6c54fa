package io.recupero.python;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process of a home that goes on when the command has ended: its start, whether it runs, its end.
 */
public final class Daemon {

  /** A session of its own: the end of the terminal that it was started from is not its end. */
  private static final String DETACHED =
      "import os, sys; os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])";

  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final Home home;
  private final Path pidFile;
  private final Path log;
  private final String what;

  /**
   * Takes a process of a home.
   *
   * @param name of its files of process id and words
   * @param what messages call it, such as "the dashboards' server"
   */
  public Daemon(Home home, String name, String what) {
    this.home = home;
    this.pidFile = home.folder().resolve(name + ".pid");
    this.log = home.folder().resolve(name + ".log");
    this.what = what;
  }

  /** Returns the running process; a file left by a dead one counts as none. */
  public Optional<ProcessHandle> process() {
    try {
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns whether it ended without being stopped. */
  public boolean died() {
    return Files.exists(pidFile) && process().isEmpty();
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

  /** Refuses a port that something else listens on. */
  public static void refuseTaken(int port, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new ProgramException(
          "Cannot listen on 127.0.0.1:"
              + port
              + ": "
              + e.getMessage()
              + ". Something else listens there; stop it, or give another port with "
              + option
              + ".");
    }
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param command one of its words names the home, or what lies in it
   * @param patience how long it may take
   */
  public void start(
      List<String> command,
      Map<String, String> environment,
      BooleanSupplier answers,
      Duration patience) {
    try {
      long before = Files.exists(log) ? Files.size(log) : 0;
      List<String> detached = new ArrayList<>(List.of(home.python().toString(), "-c", DETACHED));
      detached.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(detached);
      builder.environment().putAll(environment);
      Child.alone(builder);
      builder.directory(home.folder().toFile());
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process started = builder.start();
      Files.writeString(pidFile, Long.toString(started.pid()));
      await(started, answers, patience, before);
    } catch (IOException e) {
      throw new ProgramException("Cannot start " + what + ": " + e.getMessage(), e);
    }
  }

  private void await(Process started, BooleanSupplier answers, Duration patience, long before) {
    long end = System.nanoTime() + patience.toNanos();
    while (started.isAlive() && System.nanoTime() < end) {
      if (answers.getAsBoolean()) {
        return;
      }
      pause();
    }
    String why = started.isAlive() ? "it does not answer" : "it ended while starting";
    stop();
    throw new ProgramException(
        "Cannot start "
            + what
            + ": "
            + why
            + ":\n"
            + Child.tail(log, before)
            + "\nAll of it is in "
            + log);
  }

  /** Stops it, and returns whether it ran. */
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
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new ProgramException("Cannot delete " + pidFile + ": " + e.getMessage(), e);
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
