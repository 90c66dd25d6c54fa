package io.recupero.kpi;

import io.recupero.kpi.MartShape.Role;
import io.recupero.sql.SqlExpression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges cards against the marts they read, without data and without a session. */
final class CardCheck {

  private final Map<String, MartShape> marts;
  private final Map<String, String> derived = new HashMap<>();
  private final Set<String> problems = new LinkedHashSet<>();

  private CardCheck(Collection<MartShape> marts) {
    this.marts = marts.stream().collect(Collectors.toMap(MartShape::mart, shape -> shape));
  }

  /** Returns everything that is wrong with {@code cards}, each as file:line, what, remedy. */
  static List<String> problems(List<Card> cards, Collection<MartShape> marts) {
    CardCheck check = new CardCheck(marts);
    Map<String, Card> byId = new HashMap<>();
    for (Card card : cards) {
      Card other = byId.putIfAbsent(card.id(), card);
      if (other != null) {
        check.problem(
            card,
            card.lines().get("id"),
            "the id " + card.id() + " is taken by " + other.file() + ".",
            "Rename one of them.");
      }
      check.card(card);
    }
    return new ArrayList<>(check.problems);
  }

  private void card(Card card) {
    MartShape shape = marts.get(card.mart());
    if (shape == null) {
      problem(
          card,
          card.lines().get("mart"),
          "there is no mart " + card.mart() + ".",
          Near.question(card.mart(), marts.keySet())
              + "Marts are "
              + new TreeSet<>(marts.keySet()));
      return;
    }
    derived(card, shape);
    aggregate(card, shape, "numerator", card.numerator());
    aggregate(card, shape, "denominator", card.denominator());
    aggregate(card, shape, "items", card.items());
    if (card.ratio()) {
      ratio(card);
    } else {
      aggregate(card, shape, "formula", card.formula());
    }
    if (card.seenDays() != null && !shape.roles().containsKey("cohort")) {
      problem(
          card,
          card.lines().get("cohort"),
          "the card is of cohorts, but " + card.mart() + " has no column cohort.",
          "Remove the key, or add the column to the mart.");
    }
    examples(card, shape);
  }

  private void aggregate(Card card, MartShape shape, String key, String sql) {
    SqlExpression parsed = sql == null ? null : parse(card, key, sql);
    if (parsed == null) {
      return;
    }
    Set<String> usable = shape.usable();
    usable.addAll(card.derived().keySet());
    named(card, shape, key, parsed, usable);
    for (String column : parsed.outside()) {
      if (usable.contains(column)) {
        problem(
            card,
            card.lines().get(key),
            "the " + key + " uses " + column + " outside of SUM or another aggregate.",
            "Put it inside of one.");
      }
    }
  }

  private void named(
      Card card, MartShape shape, String key, SqlExpression parsed, Set<String> usable) {
    for (String column : parsed.columns()) {
      if (!usable.contains(column)) {
        lacks(card, shape, card.lines().get(key), "the " + key + " uses", column);
      }
    }
  }

  /** Cards of one mart are evaluated together: a name means the same on all of them. */
  private void derived(Card card, MartShape shape) {
    card.derived()
        .forEach(
            (name, sql) -> {
              SqlExpression parsed = parse(card, "derived", sql);
              if (parsed != null) {
                named(card, shape, "derived", parsed, shape.usable());
              }
              String other = derived.putIfAbsent(card.mart() + "." + name, sql);
              if (shape.usable().contains(name) || (other != null && !other.equals(sql))) {
                problem(
                    card,
                    card.lines().get("derived"),
                    "the derived column "
                        + name
                        + " is already something else in "
                        + card.mart()
                        + ".",
                    "Give it another name.");
              }
            });
  }

  private void ratio(Card card) {
    SqlExpression parsed = parse(card, "formula", card.formula());
    if (parsed == null) {
      return;
    }
    for (String name : parsed.columns()) {
      if (!name.equals("numerator") && !name.equals("denominator")) {
        problem(
            card,
            card.lines().get("formula"),
            "the formula uses " + name + " beside numerator and denominator.",
            "Move it into one of these.");
      }
    }
  }

  private SqlExpression parse(Card card, String key, String sql) {
    try {
      SqlExpression parsed = Card.sql(sql);
      for (String why : parsed.refusals()) {
        problem(
            card,
            card.lines().get(key),
            "the " + key + " may not run: " + why,
            "Correct '" + sql + "'.");
      }
      return parsed;
    } catch (IllegalArgumentException e) {
      problem(
          card,
          card.lines().get(key),
          "the " + key + " is not SQL: " + e.getMessage(),
          "Correct '" + sql + "'.");
      return null;
    }
  }

  private void examples(Card card, MartShape shape) {
    Set<String> shown =
        card.examples().stream().map(Card.Example::shows).collect(Collectors.toSet());
    for (String edge : card.edges().keySet()) {
      if (!shown.contains(edge)) {
        problem(
            card,
            card.lines().get("edges"),
            "the edge " + edge + " has no example.",
            "Add an example with 'shows: " + edge + "'.");
      }
    }
    if (card.examples().isEmpty()) {
      problem(card, card.lines().get("examples"), "the card has no example.", "Add one.");
    }
    for (Card.Example example : card.examples()) {
      example(card, shape, example);
    }
  }

  private void example(Card card, MartShape shape, Card.Example example) {
    Set<String> known = new HashSet<>(shape.usable());
    known.removeAll(Set.of("as_of_day", "month_start"));
    List<String> header = AsciiTable.header(example.given());
    for (String column : header) {
      if (!known.contains(column)) {
        lacks(card, shape, example.line(), "the example " + example.shows() + " gives", column);
      }
    }
    if (!header.contains("as_of")) {
      problem(
          card,
          example.line(),
          "the example " + example.shows() + " has no column as_of.",
          "Give the date its rows hold at.");
    }
    try {
      AsciiTable.rows(example.given());
    } catch (IllegalArgumentException e) {
      problem(
          card,
          example.line(),
          "in the example " + example.shows() + " " + e.getMessage() + ".",
          "Give each row as many cells as the header has.");
    }
  }

  private void lacks(Card card, MartShape shape, int line, String who, String column) {
    Set<String> parts = shape.columns(Role.DIMENSION, Role.KEY, Role.AMOUNT, Role.COUNT);
    problem(
        card,
        line,
        who + " " + column + ", which " + card.mart() + " lacks.",
        Near.question(column, parts)
            + "Correct it, or add the column to schemas/contracts/"
            + card.mart()
            + ".yaml.");
  }

  private void problem(Card card, int line, String what, String remedy) {
    problems.add(card.file() + ":" + line + ": " + what + "\n" + remedy);
  }
}
