package io.recupero.kpi;

import io.recupero.contract.Text;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the cards of one YAML file: one card, or a family of them.
 *
 * <p>A family says {@code for:} with one row of values a card ({@code - {k: 30}}), and writes
 * {@code {k}} wherever that value belongs. YAML nodes are read instead of plain maps, because
 * messages must name lines.
 */
final class CardFile {

  private static final List<String> REQUIRED =
      List.of(
          "id",
          "name",
          "meaning",
          "unit",
          "better",
          "subject",
          "mart",
          "adds",
          "items",
          "formula",
          "examples",
          "owner",
          "source");
  private static final List<String> KEYS = new ArrayList<>(REQUIRED);

  static {
    KEYS.addAll(
        List.of(
            "for",
            "family",
            "derived",
            "numerator",
            "denominator",
            "needs",
            "cohort",
            "history",
            "edges"));
  }

  private final String file;
  private final List<String> problems;
  private Map<String, String> values = Map.of();

  private CardFile(String file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reads the cards in {@code text}; what is wrong is added to {@code problems}. */
  static List<Card> read(String file, String text, List<String> problems) {
    CardFile reader = new CardFile(file, problems);
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
      if (root instanceof MappingNode mapping) {
        return reader.cards(reader.entries(mapping));
      }
      reader.problem(1, "the file holds no card.", "Begin it with 'id: ...'.");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      reader.problem(line, "the file is not YAML: " + e.getProblem() + ".", "Correct the line.");
    }
    return List.of();
  }

  private List<Card> cards(Map<String, Node> card) {
    for (Map.Entry<String, Node> entry : card.entrySet()) {
      if (!KEYS.contains(entry.getKey())) {
        String question = Near.question(entry.getKey(), KEYS);
        problem(
            line(entry.getValue()),
            "a card has no key '" + entry.getKey() + "'.",
            question + "Keys are " + String.join(", ", KEYS) + ".");
      }
    }
    List<String> missing = REQUIRED.stream().filter(key -> !card.containsKey(key)).toList();
    if (!missing.isEmpty()) {
      problem(1, "the card lacks " + String.join(", ", missing) + ".", "Add each.");
      return List.of();
    }
    if (card.containsKey("denominator") && !card.containsKey("numerator")) {
      problem(1, "the card has a denominator without a numerator.", "Give both or none.");
      return List.of();
    }
    List<Card> cards = new ArrayList<>();
    for (Node row : items(card.get("for"))) {
      values = new HashMap<>();
      entries(row).forEach((key, value) -> values.put(key, scalar(value)));
      cards.add(card(card));
    }
    if (!card.containsKey("for")) {
      cards.add(card(card));
    }
    return cards;
  }

  private Card card(Map<String, Node> card) {
    Map<String, Integer> lines = new HashMap<>();
    card.forEach((key, value) -> lines.put(key, line(value)));
    Map<String, Text> edges = new LinkedHashMap<>();
    entries(card.get("edges")).forEach((edge, text) -> edges.put(edge, text("edge " + edge, text)));
    Map<String, String> derived = new LinkedHashMap<>();
    entries(card.get("derived")).forEach((name, sql) -> derived.put(name, scalar(sql)));
    return new Card(
        scalar(card.get("id")),
        card.containsKey("family") ? text("family", card.get("family")) : null,
        text("name", card.get("name")),
        text("meaning", card.get("meaning")),
        oneOf("unit", card, Set.of("percent", "days", "money", "points")),
        oneOf("better", card, Set.of("higher", "lower", "neither")),
        oneOf("subject", card, Set.copyOf(Card.SUBJECTS)),
        scalar(card.get("mart")),
        oneOf("adds", card, Set.of("everywhere", "at_date", "nowhere")),
        derived,
        scalar(card.get("numerator")),
        scalar(card.get("denominator")),
        scalar(card.get("items")),
        scalar(card.get("formula")),
        items(card.get("needs")).stream().map(this::scalar).toList(),
        days(card.get("cohort"), "cohort", "seen_days"),
        days(card.get("history"), "history", "days"),
        edges,
        items(card.get("examples")).stream().map(this::example).toList(),
        scalar(card.get("owner")),
        text("source", card.get("source")),
        file,
        lines);
  }

  private Card.Example example(Node node) {
    Map<String, Node> entries = entries(node);
    if (!entries.keySet().equals(Set.of("shows", "given", "expect"))) {
      problem(line(node), "an example has other keys than shows, given, expect.", "Give these.");
      return new Card.Example("", "", null, line(node));
    }
    String expect = scalar(entries.get("expect"));
    Double value = null;
    try {
      value = expect == null || expect.equals("null") ? null : Double.valueOf(expect);
    } catch (NumberFormatException e) {
      problem(line(node), "the example expects '" + expect + "'.", "Give a number or null.");
    }
    String given = scalar(entries.get("given"));
    return new Card.Example(
        scalar(entries.get("shows")), given == null ? "" : given, value, line(node));
  }

  private Integer days(Node node, String key, String name) {
    Node days = entries(node).get(name);
    try {
      return node == null ? null : Integer.valueOf(scalar(days));
    } catch (NumberFormatException e) {
      problem(
          line(node),
          "the " + key + " has no number of days.",
          "Write " + key + ": {" + name + ": 30}.");
      return null;
    }
  }

  private Text text(String what, Node node) {
    Map<String, Node> entries = entries(node);
    if (!entries.keySet().equals(Set.of("es", "en"))) {
      problem(line(node), what + " is not given in es and en.", "Write {es: ..., en: ...}.");
    }
    return new Text(scalar(entries.get("es")), scalar(entries.get("en")));
  }

  private String oneOf(String key, Map<String, Node> card, Set<String> allowed) {
    String value = scalar(card.get(key));
    if (value == null || !allowed.contains(value)) {
      List<String> sorted = allowed.stream().sorted().toList();
      problem(
          line(card.get(key)),
          key + " is '" + value + "'.",
          "It is one of " + String.join(", ", sorted) + ".");
    }
    return value;
  }

  private String scalar(Node node) {
    if (!(node instanceof ScalarNode scalar) || node.getTag().equals(Tag.NULL)) {
      return null;
    }
    String text = scalar.getValue();
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", String.valueOf(value.getValue()));
    }
    return text;
  }

  private Map<String, Node> entries(Node node) {
    Map<String, Node> entries = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key = ((ScalarNode) tuple.getKeyNode()).getValue();
        if (entries.put(key, tuple.getValueNode()) != null) {
          problem(line(tuple.getKeyNode()), "'" + key + "' is there twice.", "Remove one.");
        }
      }
    } else if (node != null && !node.getTag().equals(Tag.NULL)) {
      problem(line(node), "keys and values are expected here.", "Write {key: value}.");
    }
    return entries;
  }

  private List<Node> items(Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  private void problem(int line, String what, String remedy) {
    String problem = file + ":" + line + ": " + what + "\n" + remedy;
    if (!problems.contains(problem)) { // a family would repeat it for each of its cards
      problems.add(problem);
    }
  }

  private static int line(Node node) {
    return node == null ? 1 : node.getStartMark().getLine() + 1;
  }
}
