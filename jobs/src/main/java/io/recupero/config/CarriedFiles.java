package io.recupero.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
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

/** YAML files: those of a folder that the program carries, or of any other. */
public final class CarriedFiles {

  private CarriedFiles() {}

  /**
   * Returns the text of each file, by its path from the top, in the order of the paths.
   *
   * @param folder from the top of the class path, such as {@code schemas/kpis}
   * @throws IllegalStateException where the program was built without it
   */
  public static Map<String, String> texts(String folder) {
    URL url = CarriedFiles.class.getResource("/" + folder);
    if (url == null) {
      throw new IllegalStateException(
          "Cannot find /" + folder + " on the class path. Build the program again with its files.");
    }
    try {
      if (!(url.openConnection() instanceof JarURLConnection jar)) {
        return texts(folder, Path.of(url.toURI()));
      }
      // By its path and not its URI: of those only one may be open at a time.
      URI file = jar.getJarFileURL().toURI();
      try (FileSystem files = FileSystems.newFileSystem(Path.of(file))) {
        return texts(folder, files.getPath("/" + folder));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot read " + url, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + url, e);
    }
  }

  /**
   * Returns the text of each file of a folder, by its name behind another.
   *
   * @param name what the folder is called where a file is named
   */
  public static Map<String, String> texts(String name, Path folder) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        texts.put(name + "/" + file.getFileName(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the files of " + folder, e);
    }
    return texts;
  }
}
