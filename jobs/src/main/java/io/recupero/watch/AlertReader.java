package io.recupero.watch;

import io.recupero.config.Names;
import io.recupero.contract.Text;
import io.recupero.contract.YamlNode;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.kpi.MartShape;
import io.recupero.rules.YamlFile;
import io.recupero.watch.AlertRule.Against;
import io.recupero.watch.AlertRule.Severity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a file of alerts, and finds everything that is wrong with it. */
final class AlertReader {

  private static final String CURRENCY = "currency";
  private static final List<String> KEYS =
      List.of("id", "kpi", "where", "by", "to", "above", "below", "change", "severity", "text");

  private final YamlFile file;
  private final Cards cards;
  private final Map<String, MartShape> marts;

  AlertReader(YamlFile file, Cards cards, Collection<MartShape> marts) {
    this.file = file;
    this.cards = cards;
    this.marts = marts.stream().collect(Collectors.toMap(MartShape::mart, shape -> shape));
  }

  AlertRules read(String text) {
    YamlNode root = file.parse(text);
    file.keys(root, "the file of alerts", List.of("alerts"));
    List<AlertRule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (YamlNode node : root.list("alerts")) {
      AlertRule rule = rule(node);
      if (!rule.id().isEmpty() && !ids.add(rule.id())) {
        file.problem(node, "there are two alerts " + rule.id() + ". Rename one.");
      }
      rules.add(rule);
    }
    file.throwIfAny();
    return new AlertRules(rules);
  }

  private AlertRule rule(YamlNode node) {
    file.keys(node, "an alert", KEYS);
    String id = file.required(node, "id", "an alert");
    String name = id.isEmpty() ? "an alert" : "alert " + id;
    Optional<Card> card = cards.find(file.oneOf(node, "kpi", name, cards.ids()));
    Map<String, String> where = where(node, name);
    Set<String> by = new LinkedHashSet<>(node.texts("by"));
    node.text("by")
        .ifPresent(
            it -> file.problem(node, "%s: by is a list. Write by: [%s].".formatted(name, it)));
    Optional<String> to = node.text("to");
    card.ifPresent(known -> dimensions(node, name, known, where.keySet(), by, to.isPresent()));
    to.ifPresent(currency -> currency(node, name, currency));
    Optional<YamlNode> change = node.field("change");
    change.ifPresent(it -> file.keys(it, name + ": change", List.of("against", "above", "below")));
    YamlNode bounds = change.orElse(node);
    if (change.isPresent() && (node.text("above").isPresent() || node.text("below").isPresent())) {
      file.problem(
          node,
          name + " has above or below beside change. Write them within change, or take it away.");
    }
    return new AlertRule(
        id,
        card.map(Card::id).orElse(""),
        where,
        List.copyOf(by),
        to,
        change.map(it -> oneOf(it, "against", name, Against.values())),
        bound(bounds, "above", name, true),
        bound(bounds, "below", name, false),
        oneOf(node, "severity", name, Severity.values()),
        node.field("text").isPresent()
            ? Optional.of(file.text(node, "text", name))
            : Optional.<Text>empty());
  }

  private Optional<BigDecimal> bound(YamlNode node, String key, String name, boolean first) {
    if (first && node.text("above").isEmpty() && node.text("below").isEmpty()) {
      file.problem(node, name + " has no threshold. Add above or below.");
    }
    return file.decimal(node, key, name);
  }

  private Map<String, String> where(YamlNode node, String name) {
    Map<String, String> where = new LinkedHashMap<>();
    node.field("where")
        .ifPresent(
            slice ->
                slice
                    .fields()
                    .forEach(
                        (dimension, value) -> {
                          if (value.scalar().isEmpty()) {
                            file.problem(
                                value,
                                "%s: where keeps one value of %s. Write %s: VALUE, or by: [%s]."
                                    .formatted(name, dimension, dimension, dimension));
                          }
                          where.put(dimension, value.scalar().orElse(""));
                        }));
    return where;
  }

  /** Notes dimensions that the figure has not, and adds the currency where it must be one. */
  private void dimensions(
      YamlNode node, String name, Card card, Set<String> where, Set<String> by, boolean converted) {
    MartShape shape = marts.get(card.mart());
    Set<String> known = new TreeSet<>(shape.dimensions(card));
    Set<String> used = new LinkedHashSet<>(where);
    used.addAll(by);
    for (String dimension : used) {
      if (!known.contains(dimension)) {
        file.problem(
            node.field(where.contains(dimension) ? "where" : "by").orElse(node),
            "%s: %s has no dimension %s.%s Dimensions are %s."
                .formatted(
                    name,
                    card.id(),
                    dimension,
                    Names.didYouMean(dimension, known),
                    String.join(", ", known)));
      }
    }
    by.removeAll(where);
    if (shape.isOfMoney(card) && !converted && !used.contains(CURRENCY)) {
      by.add(CURRENCY);
    }
  }

  private void currency(YamlNode node, String name, String currency) {
    List<String> codes =
        Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).toList();
    if (!codes.contains(currency)) {
      file.problem(
          node.field("to").orElse(node),
          "%s: to is %s, which is no currency of ISO 4217. Write a code such as CLP."
              .formatted(name, currency));
    }
  }

  private <E extends Enum<E>> E oneOf(YamlNode node, String key, String name, E[] values) {
    List<String> words =
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    int at = words.indexOf(file.oneOf(node, key, name, words));
    return values[Math.max(0, at)];
  }
}
