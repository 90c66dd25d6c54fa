package io.recupero.contract;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A piece of a YAML file that knows its line, so that a problem can say where it is. */
public record YamlNode(
    int line, Optional<String> scalar, Map<String, YamlNode> fields, List<YamlNode> items) {

  /**
   * Reads a document.
   *
   * @throws org.yaml.snakeyaml.error.YAMLException if it is not YAML
   */
  public static YamlNode parse(String text) {
    Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    return root == null ? new YamlNode(1, Optional.empty(), Map.of(), List.of()) : of(root);
  }

  private static YamlNode of(Node node) {
    int line = node.getStartMark().getLine() + 1;
    if (node instanceof ScalarNode scalar) {
      return new YamlNode(line, Optional.of(scalar.getValue()), Map.of(), List.of());
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> items = sequence.getValue().stream().map(YamlNode::of).toList();
      return new YamlNode(line, Optional.empty(), Map.of(), items);
    }
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    ((MappingNode) node)
        .getValue()
        .forEach(
            tuple ->
                fields.put(((ScalarNode) tuple.getKeyNode()).getValue(), of(tuple.getValueNode())));
    return new YamlNode(line, Optional.empty(), fields, List.of());
  }

  /** Returns the value of a key. */
  public Optional<YamlNode> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** Returns the scalar of a key; empty where there is none or it is blank. */
  public Optional<String> text(String name) {
    return field(name).flatMap(YamlNode::scalar).filter(text -> !text.isBlank());
  }

  /** Returns whether a key says true. */
  public boolean isTrue(String name) {
    return text(name).filter("true"::equals).isPresent();
  }

  /** Returns the items of a key's list; empty where there is none. */
  public List<YamlNode> list(String name) {
    return field(name).map(YamlNode::items).orElse(List.of());
  }

  /** Returns the value of one of the customProperties, where the standard has no word for it. */
  public Optional<YamlNode> custom(String property) {
    return list("customProperties").stream()
        .filter(item -> item.text("property").filter(property::equals).isPresent())
        .findFirst()
        .flatMap(item -> item.field("value"));
  }

  /** Returns the scalar of one of the customProperties. */
  public Optional<String> customText(String property) {
    return custom(property).flatMap(YamlNode::scalar);
  }

  /** Returns whether one of the customProperties says true. */
  public boolean isCustomTrue(String property) {
    return customText(property).filter("true"::equals).isPresent();
  }

  /** Returns the values of a list of scalars. */
  public List<String> texts(String name) {
    return list(name).stream().flatMap(item -> item.scalar().stream()).toList();
  }
}
