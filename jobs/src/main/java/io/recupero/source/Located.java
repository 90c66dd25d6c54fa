package io.recupero.source;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A piece of a YAML file that knows its place.
 *
 * @param text of a scalar, else null
 * @param fields of a mapping, else empty
 * @param items of a sequence, else empty
 */
record Located(Place place, String text, Map<String, Located> fields, List<Located> items) {

  static Located parse(String file, String yaml) {
    LoaderOptions options = new LoaderOptions();
    // An alias of an alias of ... grows to millions of nodes, or goes round in a circle.
    options.setMaxAliasesForCollections(0);
    Node root = new Yaml(options).compose(new StringReader(yaml));
    return root == null ? new Located(new Place(file, 1), "", Map.of(), List.of()) : of(file, root);
  }

  private static Located of(String file, Node node) {
    Place place = new Place(file, node.getStartMark().getLine() + 1);
    if (node instanceof ScalarNode scalar) {
      return new Located(place, scalar.getValue(), Map.of(), List.of());
    }
    if (node instanceof SequenceNode sequence) {
      return new Located(
          place, null, Map.of(), sequence.getValue().stream().map(n -> of(file, n)).toList());
    }
    Map<String, Located> fields = new LinkedHashMap<>();
    ((MappingNode) node)
        .getValue()
        .forEach(
            t -> fields.put(((ScalarNode) t.getKeyNode()).getValue(), of(file, t.getValueNode())));
    return new Located(place, null, fields, List.of());
  }

  Located field(String name) {
    return fields.get(name);
  }

  String text(String name) {
    return text(name, null);
  }

  String text(String name, String otherwise) {
    return fields.containsKey(name) && fields.get(name).text() != null
        ? fields.get(name).text()
        : otherwise;
  }

  /** Returns a list's texts; a single text is a list of one. */
  List<String> texts(String name, List<String> otherwise) {
    Located found = fields.get(name);
    if (found == null) {
      return otherwise;
    }
    return found.text() != null
        ? List.of(found.text())
        : found.items().stream().map(Located::text).toList();
  }

  /**
   * Returns this mapping with the other's fields beneath it: mappings are joined, anything else is
   * replaced.
   */
  Located over(Located base) {
    if (fields.isEmpty() || base.fields().isEmpty()) {
      return this;
    }
    Map<String, Located> joined = new LinkedHashMap<>(base.fields());
    fields.forEach((name, own) -> joined.merge(name, own, (old, mine) -> mine.over(old)));
    return new Located(place, null, joined, List.of());
  }
}
