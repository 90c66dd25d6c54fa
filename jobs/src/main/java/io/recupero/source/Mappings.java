package io.recupero.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Loads mapping files; docs of their form are in schemas/mappings/README.md. */
public final class Mappings {

  private Mappings() {}

  /**
   * Loads a mapping. Neither the data nor Spark's session is needed.
   *
   * @throws SourceException with everything that is wrong, each with file and line
   */
  public static Mapping load(Path file) {
    List<Problem> problems = new ArrayList<>();
    Mapping mapping = read(file, problems);
    if (!problems.isEmpty()) {
      throw new SourceException(problems);
    }
    return mapping;
  }

  /** Returns everything that is wrong with a mapping; nothing when it can be used. */
  public static List<Problem> check(Path file) {
    List<Problem> problems = new ArrayList<>();
    read(file, problems);
    return List.copyOf(problems);
  }

  /**
   * Returns the text of a mapping and of what it extends: how files are read. Empty where it cannot
   * be read.
   */
  public static String text(Path file) {
    Located root = parse(file, new ArrayList<>());
    Located parent = root == null ? null : root.field("extends");
    try {
      String own = root == null ? "" : Files.readString(file);
      return parent == null
          ? own
          : own + Files.readString(file.resolveSibling(String.valueOf(parent.text())));
    } catch (IOException e) {
      return "";
    }
  }

  private static Mapping read(Path file, List<Problem> problems) {
    Located root = parse(file, problems);
    if (root == null) {
      return null;
    }
    Located parent = root.field("extends");
    if (parent != null) {
      String name = String.valueOf(parent.text());
      if (name.matches("[^/\\\\\0]+\\.ya?ml")) {
        Located base = parse(file.resolveSibling(name), problems);
        root = base == null ? root : root.over(base);
      } else {
        problems.add(
            parent
                .place()
                .problem(
                    "Invalid extends "
                        + name
                        + ": it is the name of another mapping file in the same folder, such as"
                        + " erp-latam.yaml."));
      }
    }
    return new MappingReader(file, root, problems).read();
  }

  private static Located parse(Path file, List<Problem> problems) {
    try {
      return Located.parse(
          file.toString(),
          Normalizer.normalize(Files.readString(file).replace("\uFEFF", ""), Normalizer.Form.NFC));
    } catch (IOException e) {
      problems.add(
          new Problem(
              file.toString(), 0, "Cannot read this mapping file. Check the path. (" + e + ")"));
    } catch (MarkedYAMLException e) {
      problems.add(
          new Problem(
              file.toString(),
              e.getProblemMark().getLine() + 1,
              "Cannot read as YAML: " + e.getProblem() + "."));
    } catch (YAMLException | ClassCastException e) {
      problems.add(new Problem(file.toString(), 0, "Cannot read as YAML: " + e.getMessage()));
    }
    return null;
  }
}
