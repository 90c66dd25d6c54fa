package io.recupero.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Takes back what a run wrote that broke before it could publish. */
public final class Recovery {

  private Recovery() {}

  /**
   * Brings every table to the state of the current release: tables that have moved on are restored,
   * those that no release knows are deleted. The caller holds the lake's lock.
   *
   * @return the tables mended, sorted; empty after a run that ended well
   */
  public static List<String> run(Lake lake) {
    Releases releases = Releases.of(lake.root());
    var current = releases.current().map(Release::tables).orElseGet(java.util.Map::of);
    List<String> moved =
        tables(lake.root()).stream()
            .filter(table -> !lake.holds(table, current.get(table)))
            .toList();
    moved.forEach(table -> mend(lake, table, current.get(table)));
    return moved;
  }

  private static void mend(Lake lake, String table, Long version) {
    if (version == null) {
      lake.drop(table);
    } else {
      lake.restore(table, version);
    }
  }

  private static List<String> tables(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.find(root, 3, (path, info) -> path.endsWith("_delta_log"))) {
      return folders
          .map(log -> root.relativize(log.getParent()).toString().replace('\\', '/'))
          .map(path -> path.replace('/', '.'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the tables in " + root, e);
    }
  }
}
