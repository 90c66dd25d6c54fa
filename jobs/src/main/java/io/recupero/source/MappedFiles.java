package io.recupero.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the files that a mapping names. */
public final class MappedFiles {

  private MappedFiles() {}

  /**
   * Finds a mapping's files, offered under the names of its sources.
   *
   * @param input the folder they are in; null for the mapping's own base
   * @throws SourceException with every source that has no file and is not optional
   */
  public static List<Offered> find(Mapping mapping, Path input) {
    Path folder = input == null ? mapping.base() : input;
    if (folder == null || !Files.isDirectory(folder)) {
      throw new SourceException(
          mapping.path().toString(),
          "Cannot find the input folder "
              + (folder == null ? "of this mapping" : folder)
              + ". Give it with --input, or as base: in the mapping.");
    }
    List<Problem> problems = new ArrayList<>();
    List<Offered> offered = new ArrayList<>();
    for (Map.Entry<String, Mapping.Source> source : mapping.sources().entrySet()) {
      List<Path> files = matching(folder, source.getValue().files());
      if (files.isEmpty() && !source.getValue().optional()) {
        problems.add(
            source
                .getValue()
                .place()
                .problem(
                    "Cannot find "
                        + source.getValue().files()
                        + " in "
                        + folder
                        + ". Put the file there, correct files:, or say optional: true."));
      }
      files.forEach(f -> offered.add(new Offered(source.getKey(), f)));
    }
    if (!problems.isEmpty()) {
      throw new SourceException(problems);
    }
    return offered;
  }

  /** Tells whether a path or glob can name only what lies below the folder it is looked for in. */
  static boolean isBelow(String pattern) {
    return !pattern.startsWith("/")
        && pattern.indexOf('\0') < 0
        && !Path.of(pattern).isAbsolute()
        && !Arrays.asList(pattern.split("[/\\\\{},]")).contains("..");
  }

  private static List<Path> matching(Path folder, String pattern) {
    if (!isBelow(pattern)) {
      return List.of();
    }
    Path exact = folder.resolve(pattern);
    if (Files.isRegularFile(exact)) {
      return List.of(exact);
    }
    if (Files.isDirectory(exact)) {
      return InputFolder.visible(exact).stream().filter(Files::isRegularFile).toList();
    }
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + pattern);
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> matcher.matches(folder.relativize(f)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }
}
