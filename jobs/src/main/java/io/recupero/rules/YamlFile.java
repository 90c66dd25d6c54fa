package io.recupero.rules;

import io.recupero.config.Names;
import io.recupero.contract.Text;
import io.recupero.contract.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A YAML file under way: every problem found in it, with its line. */
public final class YamlFile {

  private final String name;
  private final List<String> problems = new ArrayList<>();

  /** Begins a file that messages call {@code name}. */
  public YamlFile(String name) {
    this.name = name;
  }

  /** Returns the text of a file on the class path. */
  public static String resource(String name) {
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

  /** Returns the document; one without anything in it where the text is not YAML. */
  public YamlNode parse(String text) {
    try {
      return YamlNode.parse(text);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add(
          "%s:%d: this is not YAML: %s. Correct it.".formatted(name, line, e.getProblem()));
      return YamlNode.parse("");
    }
  }

  /** Notes a problem: what, why and how to mend it. */
  public void problem(YamlNode where, String message) {
    problems.add(name + ":" + where.line() + ": " + message);
  }

  /** Notes every key that is not known; {@code of} names the thing in messages. */
  public void keys(YamlNode node, String of, Collection<String> known) {
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

  /** Returns a key's text; empty where it is missing, which is noted. */
  public String required(YamlNode node, String key, String of) {
    Optional<String> text = node.text(key);
    if (text.isEmpty()) {
      problem(node, "%s has no %s. Add %s.".formatted(of, key, key));
    }
    return text.orElse("");
  }

  /** Returns a key's text, and notes one that is missing or not in the list. */
  public String oneOf(YamlNode node, String key, String of, Collection<String> known) {
    String text = required(node, key, of);
    if (!text.isEmpty() && !known.contains(text)) {
      problem(
          node.field(key).orElse(node),
          "%s: %s is %s.%s Write one of %s."
              .formatted(of, key, text, Names.didYouMean(text, known), String.join(", ", known)));
    }
    return text;
  }

  /**
   * Returns a key's whole number; empty where there is none, or what is no number, which is noted.
   */
  public Optional<Integer> number(YamlNode node, String key, String of) {
    try {
      return node.text(key).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      problem(node.field(key).get(), "%s: %s is no whole number.".formatted(of, key));
      return Optional.empty();
    }
  }

  /** Returns a key's number; empty where there is none, or what is no number, which is noted. */
  public Optional<BigDecimal> decimal(YamlNode node, String key, String of) {
    try {
      return node.text(key).map(BigDecimal::new);
    } catch (NumberFormatException e) {
      problem(
          node.field(key).get(),
          "%s: %s is %s, which is no number. Write 15 or 12.5."
              .formatted(of, key, node.text(key).get()));
      return Optional.empty();
    }
  }

  /** Returns a key's date; empty where there is none, or what is no date, which is noted. */
  public Optional<LocalDate> date(YamlNode node, String key) {
    try {
      return node.text(key).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      problem(node.field(key).get(), key + " is no date. Write it as 2026-01-01.");
      return Optional.empty();
    }
  }

  /** Returns a text in both languages, and notes where one is missing. */
  public Text text(YamlNode node, String key, String of) {
    YamlNode value = node.field(key).orElse(node);
    // A comma in words without quotes begins a key that nobody meant.
    keys(value, key, node.field(key).isPresent() ? List.of("es", "en") : value.fields().keySet());
    Optional<String> es = node.field(key).flatMap(text -> text.text("es"));
    Optional<String> en = node.field(key).flatMap(text -> text.text("en"));
    if (es.isEmpty() || en.isEmpty()) {
      problem(
          value,
          "%s: %s is not said in es and en. Write %s: {es: ..., en: ...}.".formatted(of, key, key));
    }
    return new Text(es.orElse(""), en.orElse(""));
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidRulesException with everything noted
   */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new InvalidRulesException(name, problems);
    }
  }
}
