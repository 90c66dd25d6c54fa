package io.recupero.segment;

import io.recupero.config.Names;
import io.recupero.contract.Text;
import io.recupero.contract.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A YAML file under way: its text, and every problem found in it, with its line. */
final class YamlFile {

  private final String name;
  private final List<String> problems = new ArrayList<>();

  YamlFile(String name) {
    this.name = name;
  }

  /** Returns the text of a file on the class path. */
  static String resource(String name) {
    try (InputStream stream = YamlFile.class.getResourceAsStream("/" + name)) {
      if (stream == null) {
        throw new IllegalStateException(
            "Cannot find /"
                + name
                + " on the class path. Build the program again with its schemas/.");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name, e);
    }
  }

  YamlNode parse(String text) {
    try {
      return YamlNode.parse(text);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add(
          "%s:%d: this is not YAML: %s. Correct it.".formatted(name, line, e.getProblem()));
      return YamlNode.parse("");
    }
  }

  void problem(YamlNode where, String message) {
    problems.add(name + ":" + where.line() + ": " + message);
  }

  void keys(YamlNode node, String of, Collection<String> known) {
    node.fields()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                problem(
                    value,
                    "%s has no key %s.%s Keys are %s."
                        .formatted(
                            of, key, Names.didYouMean(key, known), String.join(", ", known)));
              }
            });
  }

  String required(YamlNode node, String key, String of) {
    Optional<String> text = node.text(key);
    if (text.isEmpty()) {
      problem(node, "%s has no %s. Add %s.".formatted(of, key, key));
    }
    return text.orElse("");
  }

  String oneOf(YamlNode node, String key, String of, Collection<String> known) {
    String text = required(node, key, of);
    if (!text.isEmpty() && !known.contains(text)) {
      problem(
          node.field(key).orElse(node),
          "%s: %s is %s.%s Write one of %s."
              .formatted(of, key, text, Names.didYouMean(text, known), String.join(", ", known)));
    }
    return text;
  }

  /** Reads a text in both languages. */
  Text text(YamlNode node, String key, String of) {
    YamlNode value = node.field(key).orElse(node);
    Optional<String> es = node.field(key).flatMap(text -> text.text("es"));
    Optional<String> en = node.field(key).flatMap(text -> text.text("en"));
    if (es.isEmpty() || en.isEmpty()) {
      problem(
          value,
          "%s: %s is not said in es and en. Write %s: {es: ..., en: ...}.".formatted(of, key, key));
    }
    return new Text(es.orElse(""), en.orElse(""));
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new InvalidRulesException(name, problems);
    }
  }
}
