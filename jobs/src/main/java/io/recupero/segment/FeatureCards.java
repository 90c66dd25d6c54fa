package io.recupero.segment;

import io.recupero.config.Names;
import io.recupero.contract.Contract;
import io.recupero.contract.ContractColumn;
import io.recupero.contract.Contracts;
import io.recupero.contract.YamlNode;
import io.recupero.rules.YamlFile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The catalogue of features: a card for each column of the contract that is one. */
public final class FeatureCards {

  private static final String FILE = "schemas/features/customer_features.yaml";
  private static final List<String> KEYS =
      List.of("id", "name", "meaning", "unit", "window", "missing");
  private static final List<String> UNITS =
      List.of(
          "category",
          "count",
          "day_of_month",
          "days",
          "days_per_month",
          "hour",
          "money",
          "month",
          "months",
          "percent");
  private static final List<String> WINDOWS =
      List.of("as_of", "3 months", "6 months", "12 months", "ever");
  private static final Set<String> NO_FEATURES = Set.of("as_of", "customer_id", "currency");
  private static final String DOCUMENTS = "schemas/features/document_features.yaml";
  private static final Set<String> DOCUMENT_KEYS =
      Set.of(
          "customer_id",
          "as_of",
          "invoice_id",
          "document_currency",
          "issue_date",
          "due_date",
          "document_open_amount",
          "promised_on");

  private final Map<String, FeatureCard> cards;

  private FeatureCards(Map<String, FeatureCard> cards) {
    this.cards = cards;
  }

  /**
   * Loads the cards that the program carries.
   *
   * @throws io.recupero.rules.InvalidRulesException if any cannot be used, with every problem's
   *     line
   */
  public static FeatureCards load() {
    return parse(YamlFile.resource(FILE), Contracts.load().contract(CustomerFeatures.TABLE));
  }

  /**
   * Loads the cards of {@link DocumentFeatures}, as {@link #load}.
   *
   * @throws io.recupero.rules.InvalidRulesException likewise
   */
  public static FeatureCards documents() {
    YamlFile file = new YamlFile(DOCUMENTS);
    List<String> names =
        Arrays.stream(DocumentFeatures.schema().fieldNames())
            .filter(name -> !DOCUMENT_KEYS.contains(name))
            .toList();
    return read(file, YamlFile.resource(DOCUMENTS), "DocumentFeatures", names, (node, card) -> {});
  }

  static FeatureCards parse(String text, Contract contract) {
    YamlFile file = new YamlFile(FILE);
    List<String> names =
        contract.names().stream().filter(name -> !NO_FEATURES.contains(name)).toList();
    return read(
        file, text, contract.id(), names, (node, card) -> agree(file, node, card, contract));
  }

  private static FeatureCards read(
      YamlFile file,
      String text,
      String table,
      List<String> names,
      BiConsumer<YamlNode, FeatureCard> check) {
    Map<String, FeatureCard> cards = new LinkedHashMap<>();
    YamlNode root = file.parse(text);
    for (YamlNode node : root.items()) {
      FeatureCard card = card(file, node);
      if (cards.put(card.id(), card) != null) {
        file.problem(node, "the feature " + card.id() + " has two cards. Take one out.");
      }
      if (names.contains(card.id())) {
        check.accept(node, card);
      } else {
        file.problem(
            node,
            "%s lacks the column %s.%s Correct the id, or add the column."
                .formatted(table, card.id(), Names.didYouMean(card.id(), names)));
      }
    }
    for (String name : names) {
      if (!cards.containsKey(name)) {
        file.problem(
            root, "%s has no card, but %s has the column. Add one.".formatted(name, table));
      }
    }
    file.throwIfAny();
    return new FeatureCards(cards);
  }

  private static FeatureCard card(YamlFile file, YamlNode node) {
    String id = file.required(node, "id", "a card");
    String of = "the card " + id;
    file.keys(node, of, KEYS);
    return new FeatureCard(
        id,
        file.text(node, "name", of),
        file.text(node, "meaning", of),
        file.oneOf(node, "unit", of, UNITS),
        file.oneOf(node, "window", of, WINDOWS),
        file.text(node, "missing", of));
  }

  private static void agree(YamlFile file, YamlNode node, FeatureCard card, Contract contract) {
    ContractColumn column = contract.column(card.id());
    if (!column.meaning().equals(card.meaning())) {
      file.problem(
          node,
          "the card %s and %s say different meanings. Write the same in both."
              .formatted(card.id(), contract.id()));
    }
    if (column.currencyFrom().isPresent() != card.unit().equals("money")) {
      file.problem(
          node,
          "the card %s and %s disagree on whether it is money. Give the column currencyFrom, or the card another unit."
              .formatted(card.id(), contract.id()));
    }
  }

  /** Returns all cards, in the order of the file. */
  public List<FeatureCard> all() {
    return List.copyOf(cards.values());
  }

  /** Returns the card of a feature, if there is one. */
  public Optional<FeatureCard> find(String id) {
    return Optional.ofNullable(cards.get(id));
  }
}
