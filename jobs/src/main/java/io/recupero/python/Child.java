package io.recupero.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program that is run to its end: what it prints is its result, the rest goes to a log. */
public final class Child {

  private static final int TOLD_LINES = 12;

  private final Path log;
  private final Map<String, String> environment;

  /** Takes where a program is to say what is no result, and variables for it. */
  public Child(Path log, Map<String, String> environment) {
    this.log = log;
    this.environment = environment;
  }

  /**
   * Runs a program and returns what it printed.
   *
   * @param doing what it is to do, for the message where it fails: "Cannot [doing]"
   */
  public String run(String doing, List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      alone(builder);
      builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      long before = Files.exists(log) ? Files.size(log) : 0;
      Process process = builder.start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new ProgramException(
            "Cannot "
                + doing
                + ". It ended with code "
                + code
                + ":\n"
                + tail(log, before)
                + "\nAll of it is in "
                + log);
      }
      return printed;
    } catch (IOException e) {
      throw new ProgramException("Cannot " + doing + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProgramException("Cannot " + doing + ": it was interrupted", e);
    }
  }

  /** Takes from a program what the user's shell says to Python: its packages, its habits. */
  static void alone(ProcessBuilder builder) {
    List.of("PYTHONHOME", "VIRTUAL_ENV", "PYTHONSTARTUP", "PYTHONDONTWRITEBYTECODE")
        .forEach(builder.environment()::remove);
    builder.environment().put("PYTHONNOUSERSITE", "1");
  }

  /** Returns the last lines that a log got after a point. */
  static String tail(Path log, long from) {
    try {
      byte[] all = Files.readAllBytes(log);
      int start = (int) Math.min(from, all.length);
      String said = new String(all, start, all.length - start, StandardCharsets.UTF_8);
      List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
      Stream<String> last = lines.stream().skip(Math.max(0, lines.size() - TOLD_LINES));
      return String.join("\n", last.map(line -> "  " + line).toList());
    } catch (IOException e) {
      return "  (its log " + log + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
