package io.recupero.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sub-folders of an input that say in their names on which day their files came, such as {@code
 * 2025-01-31/}.
 *
 * @param dates oldest first; empty where the input has none
 */
public record DatedFolders(Path input, List<LocalDate> dates) {

  /** Looks for them. */
  public static DatedFolders in(Path input) {
    List<LocalDate> dates = new ArrayList<>();
    if (Files.isDirectory(input)) {
      InputFolder.visible(input).forEach(path -> date(path).ifPresent(dates::add));
    }
    return new DatedFolders(input, dates.stream().sorted().toList());
  }

  /** Returns the folders of the days until one, that day too, oldest first. */
  public List<Path> until(LocalDate day) {
    return dates.stream()
        .filter(date -> !date.isAfter(day))
        .map(date -> input.resolve(date.toString()))
        .toList();
  }

  /** Returns whether there are any. */
  public boolean any() {
    return !dates.isEmpty();
  }

  static boolean isDated(Path path) {
    return date(path).isPresent();
  }

  private static Optional<LocalDate> date(Path path) {
    try {
      return Files.isDirectory(path)
          ? Optional.of(LocalDate.parse(path.getFileName().toString()))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
