package io.recupero.watch;

import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.kpi.MartShape;
import io.recupero.rules.YamlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The alerts: schemas/rules/alerts.yaml, or the file that takes its place. */
public final class AlertRules {

  private static final String FILE = "schemas/rules/alerts.yaml";

  private final List<AlertRule> rules;

  AlertRules(List<AlertRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Loads the alerts of a file; without one, those that the program carries.
   *
   * @throws io.recupero.rules.InvalidRulesException if they cannot be used, with every line
   */
  public static AlertRules load(Optional<Path> own) {
    return own.map(file -> parse(file.toString(), CheckRules.text(file, "alerts")))
        .orElseGet(() -> parse(FILE, YamlFile.resource(FILE)));
  }

  static AlertRules parse(String name, String text) {
    return new AlertReader(new YamlFile(name), Cards.load(), MartShape.all(Contracts.load()))
        .read(text);
  }

  List<AlertRule> all() {
    return rules;
  }
}
