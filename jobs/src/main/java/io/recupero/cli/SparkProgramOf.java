package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.publish.ThriftServer;
import io.recupero.superset.SparkServer.SparkProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How this program is started once more, as a Spark Thrift Server. */
final class SparkProgramOf {

  /** Memory of the server; of a command it is the launcher's. */
  private static final String HEAP = "RECUPERO_HEAP";

  /** How many seconds a question of the dashboards or of SQL Lab may take, whatever the engine. */
  private static final String SECONDS = "RECUPERO_QUERY_SECONDS";

  private SparkProgramOf() {}

  /** Returns this program with its Java and its options. */
  static SparkProgram thisProgram() {
    Path home = Recupero.home().toAbsolutePath().normalize();
    try {
      String own = System.getProperty("java.class.path");
      List<String> options = new ArrayList<>(Files.readAllLines(home.resolve("jobs/jvm.options")));
      options.removeIf(line -> line.isBlank() || line.startsWith("#"));
      options.add("-Xmx" + Optional.ofNullable(System.getenv(HEAP)).orElse("2g"));
      options.add("-D" + ThriftServer.SECONDS + "=" + seconds(System.getenv(SECONDS)));
      // Of another build it is another program, which has to be started anew.
      Path program = Path.of(own.split(File.pathSeparator)[0]);
      options.add("-Drecupero.build=" + Files.getLastModifiedTime(program).toMillis());
      return new SparkProgram(
          Path.of(System.getProperty("java.home"), "bin", "java"),
          options,
          own,
          ThriftServer.class.getName());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read how this program is started", e);
    }
  }

  /** Spark counts whole seconds, and takes 0 for no end at all. */
  static long seconds(String given) {
    try {
      double seconds = given == null || given.isBlank() ? 60 : Double.parseDouble(given);
      if (seconds > 0 && seconds < Integer.MAX_VALUE) {
        return (long) Math.ceil(seconds);
      }
    } catch (NumberFormatException e) {
      // told below, with the numbers that are none of time
    }
    throw new InvalidConfigException(
        "Invalid " + SECONDS + " " + given + ": write a number of seconds above 0, such as 60.");
  }
}
