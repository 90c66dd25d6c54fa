package io.recupero.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The YAML files of a folder on the class path. */
public final class CarriedFiles {

  private CarriedFiles() {}

  /**
   * Returns the text of each file, by its path from the top; none where there is no such folder.
   */
  public static Map<String, String> texts(String folder) {
    URL url = CarriedFiles.class.getResource("/" + folder);
    if (url == null) {
      return Map.of();
    }
    try {
      URI uri = url.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return texts(folder, Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return texts(folder, jar.getPath("/" + folder));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot read " + url, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + url, e);
    }
  }

  private static Map<String, String> texts(String name, Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        texts.put(name + "/" + file.getFileName(), Files.readString(file));
      }
    }
    return texts;
  }
}
