package io.recupero.superset;

import io.recupero.python.Daemon;
import io.recupero.python.Home;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The Spark Thrift Server of a home: what the dashboards ask where a lake is served by Spark.
 *
 * <p>It listens on this machine alone. It has the views of one release; another release needs it
 * started anew.
 */
public final class SparkServer {

  /** The variable by which both ends know the password that lets nobody else in. */
  public static final String SECRET = "RECUPERO_SPARK_SECRET";

  /** The tables of a great release are made before it answers. */
  private static final Duration START = Duration.ofMinutes(30);

  private final Home home;
  private final Daemon daemon;

  SparkServer(Home home) {
    this.home = home;
    this.daemon = new Daemon(home, "spark", "the Spark Thrift Server");
  }

  /**
   * Sees to it where it is asked for, and stops it where it is not.
   *
   * @param before the hash of what it was started with
   * @param doing is told before it is started, which takes a while
   * @return whether nothing had to be done
   */
  boolean bring(UpRequest request, String before, Runnable doing) {
    if (request.source().spark().isEmpty()) {
      stop();
      return true;
    }
    UpRequest.Spark wanted = request.source().spark().get();
    if (daemon.process().isPresent()
        && request.sparked().equals(before)
        && answers(wanted.port())) {
      return true;
    }
    doing.run();
    stop();
    start(wanted.program(), request.lake(), wanted.port());
    return false;
  }

  /** Returns what the web server must know to ask it. */
  Map<String, String> variables(UpRequest.Source source) {
    return source
        .spark()
        .map(it -> Map.of(SECRET, secret(), "RECUPERO_RELEASE", Long.toString(it.release())))
        .orElse(Map.of());
  }

  /** Tells whether it takes connections. */
  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts it over the current release of a lake, and waits until it answers. */
  private void start(SparkProgram program, Path lake, int port) {
    Daemon.refuseTaken(port, "--spark-port");
    Path arguments = home.folder().resolve("spark.options");
    try {
      Files.writeString(arguments, program.options(sparkJars()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + arguments, e);
    }
    List<String> command =
        List.of(
            program.java().toString(),
            "@" + arguments,
            program.main(),
            lake.toString(),
            home.folder().toString());
    daemon.start(
        command,
        Map.of(
            "HIVE_SERVER2_THRIFT_BIND_HOST",
            "127.0.0.1",
            "HIVE_SERVER2_THRIFT_PORT",
            Integer.toString(port),
            SECRET,
            secret(),
            "TZ",
            "UTC"),
        () -> answers(port),
        START);
  }

  /** Spark's Python package has all of Spark with it, the server too. */
  private Path sparkJars() {
    return home.folder().resolve("venv/lib/python3.11/site-packages/pyspark/jars");
  }

  /** Returns the password, made once and readable by the owner alone. */
  private String secret() {
    Path file = home.folder().resolve("spark.secret");
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + file, e);
    }
  }

  /** Stops it, and returns whether it ran. */
  boolean stop() {
    return daemon.stop();
  }

  /**
   * What runs in it.
   *
   * @param java the Java to run
   * @param jvmOptions of the JVM
   * @param classPath all that this program needs
   * @param main the class, which takes the folders of the lake and of the home
   */
  public record SparkProgram(Path java, List<String> jvmOptions, String classPath, String main) {

    /**
     * Returns the file of arguments: a class path is longer than what a process may be asked for.
     */
    String options(Path further) {
      String all = classPath + File.pathSeparator + further + "/*";
      return jvmOptions.stream().collect(Collectors.joining("\n", "", "\n"))
          + "-cp\n\""
          + all.replace("\\", "\\\\").replace("\"", "\\\"")
          + "\"\n";
    }
  }
}
