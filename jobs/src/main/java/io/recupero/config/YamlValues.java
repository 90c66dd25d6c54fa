package io.recupero.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a YAML file of settings, and remembers the line of each value. A key below another, as in
 * {@code mail: {host: ...}}, is read as {@code mail.host}.
 */
final class YamlValues {

  private final Path file;
  private final List<String> problems;

  YamlValues(Path file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  Map<String, Value> read() {
    Map<String, Value> values = new LinkedHashMap<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
      if (root instanceof MappingNode mapping) {
        mapping.getValue().forEach(entry -> put(values, "", entry));
      } else if (root != null) {
        problems.add(
            where(root.getStartMark()) + ": Invalid settings: each line must be key: value.");
      }
    } catch (MarkedYAMLException e) {
      problems.add(where(e.getProblemMark()) + ": Invalid YAML: " + e.getProblem() + ".");
    } catch (IOException e) {
      problems.add("Cannot read the settings " + file + ". Correct --config, or create the file.");
    }
    return values;
  }

  private void put(Map<String, Value> values, String above, NodeTuple entry) {
    String where = where(entry.getKeyNode().getStartMark());
    Optional<String> text = text(entry.getValueNode(), above);
    if (entry.getKeyNode() instanceof ScalarNode group
        && above.isEmpty()
        && entry.getValueNode() instanceof MappingNode below) {
      below.getValue().forEach(inner -> put(values, group.getValue() + ".", inner));
      return;
    }
    if (!(entry.getKeyNode() instanceof ScalarNode key) || text.isEmpty()) {
      problems.add(where + ": Invalid setting: it must be a single value.");
      return;
    }
    String name = above + key.getValue();
    Path base = file.toAbsolutePath().getParent();
    Value before = values.put(name, new Value(text.get().strip(), where, base));
    if (before != null) {
      problems.add(
          where
              + ": Invalid settings: "
              + name
              + " is already given at "
              + before.where()
              + ". Delete one.");
    }
  }

  /** A list is several words, and only below another key. */
  private static Optional<String> text(Node node, String above) {
    if (node instanceof ScalarNode value) {
      return Optional.of(value.getValue());
    }
    boolean isList =
        node instanceof SequenceNode list
            && !above.isEmpty()
            && list.getValue().stream().allMatch(item -> item instanceof ScalarNode);
    return isList
        ? Optional.of(
            ((SequenceNode) node)
                .getValue().stream()
                    .map(item -> ((ScalarNode) item).getValue())
                    .collect(Collectors.joining(", ")))
        : Optional.empty();
  }

  private String where(Mark mark) {
    return file + ":" + (mark.getLine() + 1);
  }
}
