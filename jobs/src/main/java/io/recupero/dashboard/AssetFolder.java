package io.recupero.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The files of assets, as Superset takes them in; what has not changed is the same bytes. */
final class AssetFolder {

  private static final String METADATA = "metadata.yaml";

  private final Path folder;

  private AssetFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins a folder anew; what was in it of an earlier export is deleted.
   *
   * @throws IllegalStateException where the folder holds anything that is no export
   */
  static AssetFolder anew(Path folder) {
    try {
      clear(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the dashboards to " + folder, e);
    }
    AssetFolder files = new AssetFolder(folder);
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("version", "1.0.0");
    yaml.put("type", "assets");
    // Its time is always the same: what has not changed exports to the same bytes.
    yaml.put("timestamp", "2026-01-01T00:00:00+00:00");
    files.put(METADATA, yaml);
    return files;
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent() && !Files.exists(folder.resolve(METADATA))) {
        throw new IllegalStateException(
            "Cannot write the dashboards to "
                + folder
                + ": it holds other files. Choose an empty folder, or one of an earlier export.");
      }
    }
    for (String part : List.of("databases", "datasets", "charts", "dashboards")) {
      delete(folder.resolve(part));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Writes one file. */
  void put(String name, Map<String, Object> yaml) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(true);
    options.setWidth(100);
    // The same list in two places is written twice: other readers know no aliases.
    options.setDereferenceAliases(true);
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, new Yaml(options).dump(inOrder(yaml)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Maps without an order of their own have another one in each process: alike is to be alike. */
  private static Object inOrder(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> ordered =
          map instanceof LinkedHashMap ? new LinkedHashMap<>() : new TreeMap<>();
      map.forEach((key, inner) -> ordered.put(key, inOrder(inner)));
      return ordered;
    }
    return value instanceof List<?> list ? list.stream().map(AssetFolder::inOrder).toList() : value;
  }
}
