package io.recupero.lake;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The releases of a lake, one file each in {@code LAKE/releases/<number>.json}.
 *
 * <p>The greatest number is the current release. A file appears whole or not at all, so a reader
 * sees one release or the one before it, never a mixture.
 */
public final class Releases {

  private static final Pattern FILE = Pattern.compile("(\\d+)\\.json");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path folder;

  private Releases(Path folder) {
    this.folder = folder;
  }

  /** Returns the releases of the lake in a folder, which need not exist yet. */
  public static Releases of(Path lake) {
    return new Releases(lake.toAbsolutePath().normalize().resolve("releases"));
  }

  /** Returns the current release; empty before the first run has ended. */
  public Optional<Release> current() {
    return numbers().stream().max(Comparator.naturalOrder()).map(this::read);
  }

  /** Returns the number for the next release. */
  public long next() {
    return numbers().stream().max(Comparator.naturalOrder()).orElse(0L) + 1;
  }

  /** Returns every release, oldest first. */
  public List<Release> all() {
    return numbers().stream().sorted().map(this::read).toList();
  }

  /**
   * Returns a release.
   *
   * @throws IllegalStateException where there is none of that number
   */
  public Release get(long number) {
    List<Long> kept = numbers().stream().sorted().toList();
    if (!kept.contains(number)) {
      throw new IllegalStateException(
          "Cannot find release "
              + number
              + ": the lake keeps "
              + (kept.isEmpty() ? "none" : kept)
              + ". Choose one of them.");
    }
    return read(number);
  }

  /** Returns the last release that includes nothing learned later; empty where none is kept. */
  public Optional<Release> knownBy(Instant time) {
    return all().stream().filter(it -> !it.knownAt().isAfter(time)).reduce((one, later) -> later);
  }

  /** Forgets a release; what only it needs of the tables may be deleted then. */
  void forget(long number) {
    try {
      Files.deleteIfExists(file(number));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete release " + number, e);
    }
  }

  /**
   * Makes a release the current one.
   *
   * @throws IllegalStateException where its number is not {@link #next()}: two runs at once
   */
  public void publish(Release release) {
    if (release.number() != next()) {
      throw new IllegalStateException(
          "Cannot publish release " + release.number() + ": the next one is " + next() + ".");
    }
    try {
      Files.createDirectories(folder);
      // A temporary file of Java's is for its owner alone, whoever may read the lake.
      Path temporary = folder.resolve("next-" + UUID.randomUUID() + ".tmp");
      Files.write(temporary, JSON.writeValueAsBytes(release));
      Files.move(temporary, file(release.number()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot publish release " + release.number(), e);
    }
  }

  private Release read(long number) {
    try {
      return JSON.readValue(Files.readAllBytes(file(number)), Release.class);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the release " + file(number), e);
    }
  }

  private Path file(long number) {
    return folder.resolve(number + ".json");
  }

  private List<Long> numbers() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> FILE.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> Long.valueOf(name.group(1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the releases in " + folder, e);
    }
  }
}
