package io.recupero.compliance;

import io.recupero.config.CarriedFiles;
import io.recupero.config.Names;
import io.recupero.contract.Text;
import io.recupero.plan.Fingerprint;
import io.recupero.rules.InvalidRulesException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The contact rules: {@code schemas/rules/contact}, one file a country. They are defaults that a
 * user's counsel confirms, not legal advice.
 */
public final class ContactRules {

  private static final String FOLDER = "schemas/rules/contact";

  private final List<ContactRule> rules;
  private final Map<String, Text> switches;
  private final Set<String> on;
  private final String fingerprint;

  private ContactRules(
      List<ContactRule> rules, Map<String, Text> switches, Set<String> on, String fingerprint) {
    this.rules = List.copyOf(rules);
    this.switches = switches;
    this.on = Set.copyOf(on);
    this.fingerprint = fingerprint;
  }

  /**
   * Loads the rules that the program carries, every switch off.
   *
   * @throws InvalidRulesException if they cannot be used, with every problem's file and line
   */
  public static ContactRules load() {
    return parse(CarriedFiles.texts(FOLDER));
  }

  /** Loads the rules of another folder, all its .yaml files, as {@link #load()}. */
  public static ContactRules load(Path folder) {
    return parse(CarriedFiles.texts(FOLDER, folder));
  }

  static ContactRules parse(Map<String, String> texts) {
    ContactRulesReader reader = new ContactRulesReader();
    texts.forEach(reader::read);
    reader.throwIfAny(FOLDER);
    String all = String.join("\n", texts.values());
    return new ContactRules(reader.rules(), reader.switches(), Set.of(), Fingerprint.ofText(all));
  }

  /** Returns the switches that there are, by id, and what each does. */
  public Map<String, Text> switches() {
    return Map.copyOf(switches);
  }

  /**
   * Returns the same rules with these switches on and all others off.
   *
   * @throws InvalidRulesException for a switch that there is not
   */
  public ContactRules with(Collection<String> switchesOn) {
    List<String> unknown =
        switchesOn.stream()
            .filter(id -> !switches.containsKey(id))
            .map(
                id ->
                    "there is no switch %s.%s Switches are %s."
                        .formatted(
                            id,
                            Names.didYouMean(id, switches.keySet()),
                            String.join(", ", switches.keySet())))
            .toList();
    if (!unknown.isEmpty()) {
      throw new InvalidRulesException("these switches of contact rules", unknown);
    }
    return new ContactRules(rules, switches, Set.copyOf(switchesOn), fingerprint);
  }

  /** Returns the name of every rule, by its id. */
  public Map<String, Text> names() {
    Map<String, Text> names = new TreeMap<>();
    rules.forEach(rule -> names.put(rule.id(), rule.name()));
    return names;
  }

  /** Returns what users call the rule of that id, if there is one. */
  public Optional<Text> name(String ruleId) {
    return rules.stream()
        .filter(rule -> rule.id().equals(ruleId))
        .findFirst()
        .map(ContactRule::name);
  }

  /** Returns a hash of files and switches: judgements are made again when it changes. */
  public String fingerprint() {
    return Fingerprint.ofText(fingerprint + on.stream().sorted().toList());
  }

  boolean judgesBusinesses() {
    return on.contains(ContactRulesReader.BUSINESS_DEBTORS);
  }

  List<ContactRule> all() {
    return rules;
  }

  /** What the switches leave in force. */
  List<Clause> clauses() {
    return rules.stream()
        .filter(rule -> rule.onlyWith().map(on::contains).orElse(true))
        .filter(rule -> rule.notWith().map(id -> !on.contains(id)).orElse(true))
        .map(ContactRule::clause)
        .toList();
  }
}
