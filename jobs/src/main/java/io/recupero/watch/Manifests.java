package io.recupero.watch;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The manifests of a lake's runs, one file each in {@code LAKE/runs}. The file of a run that did
 * not publish is kept, as {@code <run_id>.1.json} and so on, when the next run takes its id.
 */
public final class Manifests {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Path folder;

  private Manifests(Path folder) {
    this.folder = folder;
  }

  /** Returns the manifests of the lake in a folder, which need not exist yet. */
  public static Manifests of(Path lake) {
    return new Manifests(lake.toAbsolutePath().normalize().resolve("runs"));
  }

  /** Returns a run's manifest: its last, where several runs had its id. */
  public Optional<Manifest> read(String runId) {
    Path file = file(runId);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Manifest.class));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read the manifest " + file + ". Delete it: figures do not depend on it.", e);
    }
  }

  /** Writes a manifest: it appears whole or not at all. */
  void write(Manifest manifest) throws IOException {
    Files.createDirectories(folder);
    Path file = file(manifest.runId());
    keepFailed(file, manifest.runId());
    // Not a temporary file of Java's: that would be for its owner's eyes alone.
    Path temporary = folder.resolve(manifest.runId() + ".tmp");
    try {
      Files.write(temporary, JSON.writeValueAsBytes(manifest));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void keepFailed(Path file, String runId) throws IOException {
    if (!Files.exists(file) || read(runId).filter(Manifest::isGood).isPresent()) {
      return;
    }
    int attempt = 1;
    while (Files.exists(file(runId + "." + attempt))) {
      attempt++;
    }
    Files.move(file, file(runId + "." + attempt));
  }

  private Path file(String runId) {
    return folder.resolve(runId + ".json");
  }
}
