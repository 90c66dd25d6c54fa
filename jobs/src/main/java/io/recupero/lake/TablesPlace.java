package io.recupero.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;

/**
 * Where a lake's tables lie: in its own folder, or apart from it at any place that Hadoop reaches,
 * such as {@code s3a://bucket/lake}.
 *
 * <p>A lake whose tables lie apart says so in {@code LAKE/tables.json}, and the place says in
 * {@code lake.json} to which lake it belongs. A run takes back tables that no release of its lake
 * knows: two lakes in one place would delete each other's.
 *
 * @param location a folder or URI, without a slash at its end
 * @param lake names the lake that the place belongs to
 */
record TablesPlace(String location, String lake) {

  private static final String OF_LAKE = "tables.json";
  private static final String OF_PLACE = "lake.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns where the tables of the lake in a folder lie. */
  static String of(Path root) {
    return read(root).map(TablesPlace::location).orElse(root.toString());
  }

  /**
   * Settles where the tables of a lake lie, once and for all. The caller holds the lake's lock.
   *
   * @param wanted where they shall lie; empty for where they lie, or the lake's folder
   * @throws IllegalStateException where they lie elsewhere, or the place is another lake's
   */
  static void settle(Path root, Optional<String> wanted, Configuration hadoop) {
    Optional<TablesPlace> known = read(root);
    if (wanted.isEmpty() && known.isEmpty()) {
      return;
    }
    boolean begun = known.isPresent() || Releases.of(root).current().isPresent();
    String location = wanted.orElseGet(() -> of(root));
    if (begun && !location.equals(of(root))) {
      throw new IllegalStateException(
          "Cannot put the tables of the lake "
              + root
              + " into "
              + location
              + ": they lie in "
              + of(root)
              + ". Correct the setting tables, or choose another lake with --lake.");
    }
    TablesPlace place =
        known.orElseGet(() -> new TablesPlace(location, UUID.randomUUID().toString()));
    try {
      // In this order: after a crash between the two, the next run claims the place again.
      place.write(root);
      if (!place.claim(hadoop)) {
        if (known.isEmpty()) {
          Files.delete(root.resolve(OF_LAKE));
        }
        throw new IllegalStateException(
            "Cannot put the tables of the lake "
                + root
                + " into "
                + location
                + ": another lake has its tables there. Choose another place in the setting"
                + " tables.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot put tables into " + location, e);
    }
  }

  private static Optional<TablesPlace> read(Path root) {
    Path file = root.resolve(OF_LAKE);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(file.toFile(), TablesPlace.class))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read where the tables lie from " + file, e);
    }
  }

  private void write(Path root) throws IOException {
    Path file = root.resolve(OF_LAKE);
    Path draft = Files.createDirectories(root).resolve(OF_LAKE + UUID.randomUUID() + ".tmp");
    JSON.writeValue(draft.toFile(), this);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes the lake's name into the place, or returns whether it stands there already. */
  private boolean claim(Configuration hadoop) throws IOException {
    var mark = new org.apache.hadoop.fs.Path(location, OF_PLACE);
    FileSystem files = mark.getFileSystem(hadoop);
    if (!files.exists(mark)) {
      // Where the store can, it refuses to write over what came since the question above.
      FSDataOutputStreamBuilder<?, ?> file = files.createFile(mark);
      file.recursive()
          .overwrite(false)
          .opt(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
      try (OutputStream out = file.build()) {
        out.write(JSON.writeValueAsBytes(this));
      }
    }
    try (var in = files.open(mark)) {
      return JSON.readValue(in.readAllBytes(), TablesPlace.class).lake().equals(lake);
    }
  }
}
