package io.recupero.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;

/** A folder for the time of one step. */
final class Scratch {

  private Scratch() {}

  /** Gives a step a folder of its own, deletes the folder, and returns what the step returned. */
  static <T> T with(Function<Path, T> step) {
    try {
      Path folder = Files.createTempDirectory("recupero-");
      try {
        return step.apply(folder);
      } finally {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use a temporary folder: " + e.getMessage(), e);
    }
  }
}
