package io.recupero.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

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
        tables(lake).stream().filter(table -> !lake.holds(table, current.get(table))).toList();
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

  private static TreeSet<String> tables(Lake lake) {
    Path root = new Path(lake.tables());
    TreeSet<String> tables = new TreeSet<>();
    try {
      FileSystem files = root.getFileSystem(lake.hadoop());
      for (Path layer : folders(files, root)) {
        List<Path> inside = folders(files, layer);
        if (isTable(inside)) {
          tables.add(layer.getName());
        } else {
          for (Path folder : inside) {
            if (isTable(folders(files, folder))) {
              tables.add(layer.getName() + "." + folder.getName());
            }
          }
        }
      }
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the tables in " + root, e);
    }
  }

  private static boolean isTable(List<Path> inside) {
    return inside.stream().anyMatch(folder -> folder.getName().equals("_delta_log"));
  }

  private static List<Path> folders(FileSystem files, Path folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .filter(FileStatus::isDirectory)
          .map(FileStatus::getPath)
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
