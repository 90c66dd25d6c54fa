package io.recupero.summary;

import io.recupero.contract.YamlNode;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.plan.Fingerprint;
import io.recupero.rules.Span;
import io.recupero.rules.YamlFile;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What finance wants each measure to be: {@code schemas/rules/targets.yaml}. */
public final class Targets {

  private static final String FILE = "schemas/rules/targets.yaml";
  private static final List<String> KEYS =
      List.of(
          "kpi",
          "at_most",
          "at_least",
          "portfolio",
          "segment",
          "currency",
          "valid_from",
          "valid_to");

  private final List<Target> targets;
  private final String fingerprint;

  /** A target; null where it names no portfolio, segment or currency. */
  record Target(
      String kpi,
      BigDecimal value,
      boolean isMost,
      String portfolio,
      String segment,
      String currency,
      Span span) {

    boolean isMetBy(BigDecimal figure) {
      return isMost ? figure.compareTo(value) <= 0 : figure.compareTo(value) >= 0;
    }

    private boolean isOf(Slice slice) {
      return kpi.equals(slice.kpi)
          && (portfolio == null || portfolio.equals(slice.portfolio))
          && (segment == null || segment.equals(slice.segment))
          && (currency == null || currency.equals(slice.currency));
    }

    private int weight() {
      return (segment == null ? 0 : 4) + (portfolio == null ? 0 : 2) + (currency == null ? 0 : 1);
    }
  }

  /** What a target is looked up for. */
  record Slice(String kpi, String portfolio, String segment, String currency) {}

  private Targets(List<Target> targets, String fingerprint) {
    this.targets = List.copyOf(targets);
    this.fingerprint = fingerprint;
  }

  /**
   * Loads the targets that the program carries.
   *
   * @throws io.recupero.rules.InvalidRulesException if they cannot be used, with every line
   */
  public static Targets load() {
    return parse(FILE, YamlFile.resource(FILE), Cards.load());
  }

  static Targets parse(String name, String text, Cards cards) {
    YamlFile file = new YamlFile(name);
    YamlNode root = file.parse(text);
    file.keys(root, "the file of targets", List.of("targets"));
    List<Target> targets = new ArrayList<>();
    root.list("targets").forEach(node -> read(file, node, cards).ifPresent(targets::add));
    file.throwIfAny();
    return new Targets(targets, Fingerprint.ofText(text));
  }

  private static Optional<Target> read(YamlFile file, YamlNode node, Cards cards) {
    file.keys(node, "a target", KEYS);
    String kpi = file.oneOf(node, "kpi", "a target", ScorecardJob.MEASURES);
    Span span = Span.read(file, node);
    boolean isMost = node.text("at_most").isPresent();
    if (isMost == node.text("at_least").isPresent()) {
      file.problem(node, "a target of " + kpi + " has one of at_most and at_least. Write one.");
      return Optional.empty();
    }
    Optional<Card> card = cards.find(kpi);
    if (card.isPresent() && isMost == card.get().better().equals("higher")) {
      file.problem(
          node,
          "%s is better %s: write %s."
              .formatted(kpi, card.get().better(), isMost ? "at_least" : "at_most"));
    }
    String value = node.text(isMost ? "at_most" : "at_least").orElseThrow();
    try {
      return Optional.of(
          new Target(
              kpi,
              new BigDecimal(value),
              isMost,
              node.text("portfolio").orElse(null),
              node.text("segment").orElse(null),
              node.text("currency").orElse(null),
              span));
    } catch (NumberFormatException e) {
      file.problem(
          node, "the target of " + kpi + ", " + value + ", is no number. Write 15 or 12.5.");
      return Optional.empty();
    }
  }

  /** Returns the target of a slice on a date: the one that names most of it. */
  Optional<Target> of(Slice slice, LocalDate date) {
    return targets.stream()
        .filter(target -> target.isOf(slice) && target.span.holdsOn(date))
        .max(Comparator.comparingInt(Target::weight));
  }

  String fingerprint() {
    return Objects.requireNonNull(fingerprint);
  }
}
