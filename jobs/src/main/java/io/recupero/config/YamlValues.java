package io.recupero.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a flat YAML file, and remembers the line of each value. */
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
        mapping.getValue().forEach(entry -> put(values, entry));
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

  private void put(Map<String, Value> values, NodeTuple entry) {
    String where = where(entry.getKeyNode().getStartMark());
    if (!(entry.getKeyNode() instanceof ScalarNode key)
        || !(entry.getValueNode() instanceof ScalarNode value)) {
      problems.add(where + ": Invalid setting: it must be a single value.");
      return;
    }
    Path base = file.toAbsolutePath().getParent();
    Value before = values.put(key.getValue(), new Value(value.getValue().strip(), where, base));
    if (before != null) {
      problems.add(
          where
              + ": Invalid settings: "
              + key.getValue()
              + " is already given at "
              + before.where()
              + ". Delete one.");
    }
  }

  private String where(Mark mark) {
    return file + ":" + (mark.getLine() + 1);
  }
}
