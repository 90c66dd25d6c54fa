package io.recupero.segment.learned;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;

/**
 * Where learned segments are kept: {@code LAKE/models/segments/ID}, with {@code model} (Spark ML's
 * persistence), {@code segments.yaml} and {@code model.json}. An id is a hash of what it stands
 * for, so nothing kept is ever changed.
 */
public final class ModelStore {

  private static final String MODEL = "model";

  private final Path folder;

  private ModelStore(Path folder) {
    this.folder = folder;
  }

  /** Returns the store of a lake. */
  public static ModelStore of(Path lake) {
    return new ModelStore(lake.toAbsolutePath().resolve("models").resolve("segments"));
  }

  /**
   * Keeps what was found, all of it or nothing: it is written beside and then renamed.
   *
   * @param yaml the rules
   * @param about what must be known to make it again
   * @return its folder; the one that is there already where it was kept before
   */
  public Path save(LearnedSegments learned, String yaml, Map<String, Object> about) {
    LearnedSegments.Found found = learned.found().orElseThrow();
    Path target = folder.resolve(found.id());
    try {
      if (Files.isDirectory(target)) {
        return target;
      }
      Files.createDirectories(folder);
      Path beside = folder.resolve(".new-" + found.id() + "-" + ProcessHandle.current().pid());
      delete(beside);
      try {
        found.model().save(beside.resolve(MODEL).toUri().toString());
        Files.writeString(beside.resolve("segments.yaml"), yaml);
        Files.writeString(
            beside.resolve("model.json"),
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(about)
                + "\n");
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(beside);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the model in " + target, e);
    }
  }

  /**
   * Returns a model that was kept: rows with features in, the same with {@code cluster} out.
   *
   * @throws IllegalArgumentException where there is no such model
   */
  public PipelineModel load(String id) {
    Path model = folder.resolve(id).resolve(MODEL);
    if (!Files.isDirectory(model)) {
      throw new IllegalArgumentException(
          "Cannot find the model %s in %s. Learn it again with ./recupero segments learn."
              .formatted(id, folder));
    }
    return PipelineModel.load(model.toUri().toString());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
