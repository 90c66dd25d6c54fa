package io.recupero.cli;

import java.nio.file.Path;

/** Where the words go that no user needs at once. */
final class Log {

  private Log() {}

  /** Sends the log to the lake; to be called before anything of Spark is touched. */
  static Path in(Path lake) {
    Path file = lake.resolve("logs").resolve("recupero.log");
    System.setProperty("recupero.log", file.toString());
    return file;
  }
}
