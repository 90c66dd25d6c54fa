package io.recupero.compliance;

import io.recupero.contract.Text;
import io.recupero.contract.YamlNode;
import io.recupero.rules.InvalidRulesException;
import io.recupero.rules.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads files of contact rules, one a country, and finds every problem in all of them. */
final class ContactRulesReader {

  /** Applies rules for consumers to businesses; what no file declares and every file has. */
  static final String BUSINESS_DEBTORS = "business_debtors";

  private static final List<String> FILE_KEYS = List.of("country", "switches", "rules");
  private static final List<String> SWITCH_KEYS = List.of("id", "name");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final List<ContactRule> rules = new ArrayList<>();
  private final Map<String, Text> switches = new TreeMap<>();
  private final Map<String, String> places = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  ContactRulesReader() {
    switches.put(
        BUSINESS_DEBTORS,
        new Text(
            "Juzgar también a las empresas con las reglas de consumo",
            "Judge businesses by the rules for consumers too"));
  }

  /** Reads one file; what is wrong with it is kept for {@link #throwIfAny}. */
  void read(String name, String text) {
    YamlFile file = new YamlFile(name);
    YamlNode root = file.parse(text);
    file.keys(root, "a file of contact rules", FILE_KEYS);
    String country = file.required(root, "country", "a file of contact rules");
    if (!country.isEmpty() && !COUNTRIES.contains(country)) {
      file.problem(
          root.field("country").get(),
          country + " is no country. Write its two capitals of ISO 3166, such as CO.");
    }
    Set<String> own = new TreeSet<>();
    root.list("switches").forEach(node -> own.add(readSwitch(file, node)));
    if (root.list("rules").isEmpty()) {
      file.problem(root, "there are no rules. Add rules: with at least one.");
    }
    RuleReader reader = new RuleReader(file, new Words(file), country, own);
    for (YamlNode node : root.list("rules")) {
      ContactRule rule = reader.read(node);
      notTwice(file, node, rule);
      rules.add(rule);
      places.put(rule.id(), name + ":" + node.line());
    }
    try {
      file.throwIfAny();
    } catch (InvalidRulesException e) {
      problems.addAll(e.problems());
    }
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidRulesException with every problem of every file
   */
  void throwIfAny(String folder) {
    if (!problems.isEmpty()) {
      throw new InvalidRulesException(folder, problems);
    }
  }

  List<ContactRule> rules() {
    return rules;
  }

  Map<String, Text> switches() {
    return switches;
  }

  private String readSwitch(YamlFile file, YamlNode node) {
    file.keys(node, "a switch", SWITCH_KEYS);
    String id = file.required(node, "id", "a switch");
    if (switches.put(id, file.text(node, "name", "the switch " + id)) != null) {
      file.problem(node, "the switch " + id + " is there twice. Rename one.");
    }
    return id;
  }

  /** Versions of one rule may follow each other, but not overlap. */
  private void notTwice(YamlFile file, YamlNode node, ContactRule rule) {
    boolean twice =
        rules.stream()
            .filter(other -> other.id().equals(rule.id()))
            .anyMatch(other -> other.clause().overlaps(rule.clause()));
    if (twice) {
      file.problem(
          node,
          "the rule %s is also in %s, in force on the same days. Rename one, or end it before the other begins."
              .formatted(rule.id(), places.get(rule.id())));
    }
  }
}
