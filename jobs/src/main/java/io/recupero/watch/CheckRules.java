package io.recupero.watch;

import io.recupero.config.InvalidConfigException;
import io.recupero.contract.YamlNode;
import io.recupero.rules.YamlFile;
import io.recupero.watch.Check.Severity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How severe each check is, and its limits: schemas/rules/checks.yaml, and what differs from it.
 */
public final class CheckRules {

  /** The ledger and the marts say the same balance. */
  static final String RECONCILIATION = "reconciliation";

  /** Opening plus and minus what happened is closing. */
  static final String MONTH_BRIDGE = "month_bridge";

  /** Refused records of each input. */
  public static final String QUARANTINED_SHARE = "quarantined_share";

  /** Records that wait for others. */
  static final String WAITING = "waiting";

  /** Rows of a file that repeat others of it. */
  static final String REPEATED_ROWS = "repeated_rows";

  /** The age of the newest records. */
  static final String FRESHNESS = "freshness";

  /** Figures against their own history. */
  static final String KPI_HISTORY = "kpi_history";

  private static final String FILE = "schemas/rules/checks.yaml";

  /** The checks, and the limits that each has. */
  private static final Map<String, List<String>> LIMITS = limits();

  private static final List<String> SEVERITIES =
      Arrays.stream(Severity.values()).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();

  private final Map<String, Rule> rules;

  /** How severe one check is, and its limits. */
  record Rule(Severity severity, Map<String, BigDecimal> limits) {

    BigDecimal limit(String name) {
      return limits.get(name);
    }

    /** Returns the same with what another one says in addition or instead. */
    private Rule with(Rule other) {
      Map<String, BigDecimal> all = new LinkedHashMap<>(limits);
      all.putAll(other.limits);
      return new Rule(other.severity == null ? severity : other.severity, all);
    }
  }

  private CheckRules(Map<String, Rule> rules) {
    this.rules = Map.copyOf(rules);
  }

  private static Map<String, List<String>> limits() {
    Map<String, List<String>> limits = new LinkedHashMap<>();
    limits.put(RECONCILIATION, List.of());
    limits.put(MONTH_BRIDGE, List.of());
    limits.put(QUARANTINED_SHARE, List.of());
    limits.put(WAITING, List.of("days"));
    limits.put(REPEATED_ROWS, List.of());
    limits.put(FRESHNESS, List.of("days"));
    limits.put(KPI_HISTORY, List.of("spread", "least", "closes"));
    return limits;
  }

  /**
   * Loads the rules that the program carries, and over them those of a file.
   *
   * @throws io.recupero.rules.InvalidRulesException if they cannot be used, with every line
   */
  public static CheckRules load(Optional<Path> own) {
    CheckRules carried = parse(FILE, YamlFile.resource(FILE), true);
    return own.map(file -> carried.with(parse(file.toString(), text(file, "checks"), false)))
        .orElse(carried);
  }

  static String text(Path file, String setting) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InvalidConfigException(
          "Cannot read %s, which the setting %s names. Correct the setting, or create the file."
              .formatted(file, setting));
    }
  }

  private CheckRules with(CheckRules other) {
    Map<String, Rule> all = new LinkedHashMap<>(rules);
    other.rules.forEach((check, rule) -> all.merge(check, rule, Rule::with));
    return new CheckRules(all);
  }

  static CheckRules parse(String name, String text, boolean complete) {
    YamlFile file = new YamlFile(name);
    YamlNode root = file.parse(text);
    file.keys(root, "the file of checks", List.of("checks"));
    YamlNode checks = root.field("checks").orElse(root);
    file.keys(checks, "checks", LIMITS.keySet());
    Map<String, Rule> rules = new LinkedHashMap<>();
    LIMITS.forEach(
        (check, limits) ->
            checks
                .field(check)
                .ifPresentOrElse(
                    node -> rules.put(check, rule(file, node, check, limits, complete)),
                    () -> missing(file, checks, check, complete)));
    file.throwIfAny();
    return new CheckRules(rules);
  }

  private static void missing(YamlFile file, YamlNode where, String check, boolean complete) {
    if (complete) {
      file.problem(where, "the check " + check + " is missing. Add it.");
    }
  }

  private static Rule rule(
      YamlFile file, YamlNode node, String check, List<String> limits, boolean complete) {
    List<String> keys = new ArrayList<>(List.of("severity"));
    keys.addAll(limits);
    file.keys(node, check, keys);
    Map<String, BigDecimal> values = new LinkedHashMap<>();
    for (String limit : limits) {
      Optional<BigDecimal> value = file.decimal(node, limit, check);
      value.ifPresent(it -> values.put(limit, it));
      if (value.isPresent() && value.get().signum() < 0) {
        file.problem(node, "%s: %s is below zero. Write 0 or more.".formatted(check, limit));
      }
      if (complete && node.text(limit).isEmpty()) {
        file.problem(node, "%s has no %s. Add %s.".formatted(check, limit, limit));
      }
    }
    boolean says = complete || node.text("severity").isPresent();
    String severity = says ? file.oneOf(node, "severity", check, SEVERITIES) : "";
    return new Rule(
        SEVERITIES.contains(severity) ? Severity.valueOf(severity.toUpperCase(Locale.ROOT)) : null,
        values);
  }

  Rule of(String check) {
    return rules.get(check);
  }

  /** Returns how severe a check is. */
  public Severity severity(String check) {
    return of(check).severity();
  }
}
