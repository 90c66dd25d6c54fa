package io.recupero.cli;

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

  private SparkProgramOf() {}

  /** Returns this program with its Java and its options. */
  static SparkProgram thisProgram() {
    Path home = Recupero.home().toAbsolutePath().normalize();
    try {
      String own = System.getProperty("java.class.path");
      List<String> options = new ArrayList<>(Files.readAllLines(home.resolve("jobs/jvm.options")));
      options.removeIf(line -> line.isBlank() || line.startsWith("#"));
      options.add("-Xmx" + Optional.ofNullable(System.getenv(HEAP)).orElse("2g"));
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
}
