package io.recupero.source;

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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The exact copies of all files ever taken, in LAKE/bronze/BATCH/TABLE/NAME, with one manifest per
 * batch.
 */
public final class Bronze {

  private static final String MANIFEST = "manifest.json";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path folder;

  private Bronze(Path folder) {
    this.folder = folder;
  }

  /**
   * Looks into the bronze part of a lake.
   *
   * @param lake the lake's folder; it need not exist yet
   */
  public static Bronze of(Path lake) {
    return new Bronze(lake.toAbsolutePath().normalize().resolve("bronze"));
  }

  /**
   * Returns the batches that were taken completely, by arrival, then id. A folder without manifest
   * does not count.
   */
  public List<Batch> batches() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .map(f -> f.resolve(MANIFEST))
          .filter(Files::isRegularFile)
          .map(Bronze::read)
          .sorted(Comparator.comparing(Batch::arrivedAt).thenComparing(Batch::id))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }

  /** Returns where a taken file lies. */
  public Path path(Taken file) {
    return batchFolder(file.batch()).resolve(file.table()).resolve(file.name());
  }

  Path batchFolder(String batch) {
    return folder.resolve(batch);
  }

  boolean holds(String batch) {
    return Files.isRegularFile(batchFolder(batch).resolve(MANIFEST));
  }

  /** Makes a batch count: its manifest appears at once and whole, after all its files. */
  void seal(Batch batch) throws IOException {
    Path target = batchFolder(batch.id()).resolve(MANIFEST);
    Path draft = target.resolveSibling(MANIFEST + ".draft");
    MAPPER.writeValue(draft.toFile(), batch);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Batch read(Path manifest) {
    try {
      return MAPPER.readValue(manifest.toFile(), Batch.class);
    } catch (IOException e) {
      throw new SourceException(
          manifest.toString(),
          "Cannot read this batch's manifest ("
              + e.getMessage()
              + "). Restore it from a backup, or delete the batch's "
              + "folder and take its files in again.");
    }
  }
}
