package io.recupero.kpi;

import io.recupero.sql.SqlExpression;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds out which cards a question asks for, and refuses one that cannot be answered. */
final class QueryCheck {

  private final KpiQuery query;
  private final Map<String, MartShape> marts;
  private final List<String> problems = new ArrayList<>();

  private QueryCheck(KpiQuery query, Map<String, MartShape> marts) {
    this.query = query;
    this.marts = marts;
  }

  /**
   * Returns the cards asked for, in the order asked.
   *
   * @throws InvalidQueryException with everything that is wrong with the question
   */
  static List<Card> asked(KpiQuery query, Cards cards, Map<String, MartShape> marts) {
    QueryCheck check = new QueryCheck(query, marts);
    List<Card> asked = query.ids().isEmpty() ? check.able(cards) : check.named(cards);
    check.dates();
    check.currency();
    check.dimensions(asked);
    check.where(asked);
    if (!check.problems.isEmpty()) {
      throw new InvalidQueryException(check.problems);
    }
    return asked;
  }

  private List<Card> able(Cards cards) {
    List<Card> able =
        cards.all().stream().filter(card -> dimensions(card).containsAll(query.by())).toList();
    return able.isEmpty() ? cards.all() : able;
  }

  private List<Card> named(Cards cards) {
    List<Card> named = new ArrayList<>();
    for (String id : query.ids()) {
      cards
          .find(id)
          .ifPresentOrElse(
              card -> {
                if (!named.contains(card)) {
                  named.add(card);
                }
              },
              () ->
                  problems.add(
                      "Invalid KPI '%s': there is no card of that id. %sSee all with: ./recupero explain"
                          .formatted(id, Near.question(id, cards.ids()))));
    }
    return named;
  }

  private void dates() {
    if (query.asOf().isEmpty()) {
      problems.add("Invalid question: no as-of date. Name one, such as 2026-01-31.");
    }
  }

  private void currency() {
    if (query.to() != null
        && Currency.getAvailableCurrencies().stream()
            .noneMatch(currency -> currency.getCurrencyCode().equals(query.to()))) {
      problems.add(
          "Cannot convert to '%s': ISO 4217 has no such currency. Write a code such as CLP or USD."
              .formatted(query.to()));
    }
  }

  private void dimensions(List<Card> asked) {
    if (new HashSet<>(query.by()).size() < query.by().size()) {
      problems.add(
          "Invalid dimensions %s: one is there twice. Name each once.".formatted(query.by()));
    }
    for (String dimension : query.by()) {
      List<String> without =
          asked.stream()
              .filter(card -> !dimensions(card).contains(dimension))
              .map(Card::id)
              .toList();
      if (!without.isEmpty()) {
        Set<String> known = new TreeSet<>();
        asked.forEach(card -> known.addAll(dimensions(card)));
        problems.add(
            "Cannot group %s by '%s'. %sDimensions are %s."
                .formatted(
                    String.join(", ", without),
                    dimension,
                    known.contains(dimension) ? "" : Near.question(dimension, known),
                    String.join(", ", known)));
      }
    }
  }

  private void where(List<Card> asked) {
    if (query.where() == null) {
      return;
    }
    Set<String> known = new TreeSet<>();
    asked.forEach(card -> known.addAll(dimensions(card)));
    for (String column : columns(query.where(), problems)) {
      if (asked.stream().anyMatch(card -> !dimensions(card).contains(column))) {
        problems.add(
            "Invalid condition '%s': not all figures asked for have '%s'. %sDimensions are %s."
                .formatted(
                    query.where(),
                    column,
                    known.contains(column) ? "" : Near.question(column, known),
                    String.join(", ", known)));
      }
    }
  }

  /** Returns the columns that a condition names, having noted why it may not run. */
  static Set<String> columns(String where, List<String> problems) {
    try {
      SqlExpression condition = SqlExpression.parse(where);
      condition
          .refusals()
          .forEach(why -> problems.add("Invalid condition '%s': %s".formatted(where, why)));
      return condition.columns();
    } catch (IllegalArgumentException e) {
      problems.add(
          "Invalid condition '%s': %s Write SQL such as currency = 'CLP'."
              .formatted(where, e.getMessage()));
      return Set.of();
    }
  }

  private Set<String> dimensions(Card card) {
    return marts.get(card.mart()).dimensions(card);
  }
}
