package io.recupero.cli;

import io.recupero.contract.Contract;
import io.recupero.contract.Contracts;
import io.recupero.contract.Text;
import io.recupero.kpi.Card;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the section of a card, or of a family of them: what all have in common once, and a table
 * of what each has for itself.
 */
final class HandbookCard {

  private static final int DECIMALS = 12;

  private final Contracts contracts;
  private final Messages messages;
  private final String language;
  private final Markdown out;

  HandbookCard(Contracts contracts, Messages messages, String language, Markdown out) {
    this.contracts = contracts;
    this.messages = messages;
    this.language = language;
    this.out = out;
  }

  /** Returns the title of a family: its own, or that of its only card. */
  static String title(List<Card> family, String language) {
    Card first = family.get(0);
    return (first.family() == null ? first.name() : first.family()).in(language);
  }

  void write(List<Card> family) {
    Card first = family.get(0);
    family.stream().skip(1).forEach(card -> out.block("<a id=\"" + card.id() + "\"></a>"));
    String title = title(family, language);
    boolean alone = family.size() == 1;
    out.heading(3, first.id(), alone ? title + " (" + Markdown.code(first.id()) + ")" : title);
    Map<String, Function<Card, String>> all = fields(family);
    Map<String, Function<Card, String>> own = new LinkedHashMap<>();
    if (!alone) {
      all.forEach((key, field) -> addIfDiffers(family, key, field, own));
    }
    if (!own.containsKey("handbook.meaning")) {
      out.block(first.meaning().in(language));
    }
    if (!alone) {
      members(family, own);
    }
    List<List<String>> rows = new ArrayList<>();
    all.forEach(
        (key, field) -> {
          String text = field.apply(first);
          if (!own.containsKey(key) && !key.equals("handbook.meaning") && !text.isEmpty()) {
            rows.add(List.of("**" + messages.text(key) + "**", text));
          }
        });
    out.table(List.of("", ""), rows);
    examples(first, alone);
  }

  private static void addIfDiffers(
      List<Card> family,
      String key,
      Function<Card, String> field,
      Map<String, Function<Card, String>> own) {
    if (family.stream().map(field).distinct().count() > 1) {
      own.put(key, field);
    }
  }

  private void members(List<Card> family, Map<String, Function<Card, String>> own) {
    List<String> header = new ArrayList<>();
    header.add(messages.text("handbook.id"));
    header.add(messages.text("handbook.name"));
    own.keySet().forEach(key -> header.add(messages.text(key)));
    List<List<String>> rows = new ArrayList<>();
    for (Card card : family) {
      List<String> row = new ArrayList<>();
      row.add(Markdown.code(card.id()));
      row.add(card.name().in(language));
      own.values().forEach(field -> row.add(field.apply(card)));
      rows.add(row);
    }
    out.table(header, rows);
  }

  /** What is told of a card, by the key of its label; empty where there is nothing to tell. */
  private Map<String, Function<Card, String>> fields(List<Card> family) {
    String columns = columns(family);
    Map<String, Function<Card, String>> fields = new LinkedHashMap<>();
    fields.put("handbook.meaning", card -> card.meaning().in(language));
    fields.put("explain.unit", card -> messages.text("unit." + card.unit()));
    fields.put("explain.better", card -> messages.text("better." + card.better()));
    fields.put("explain.formula", card -> Markdown.code(card.formula()));
    fields.put("explain.numerator", card -> sql(card.numerator()));
    fields.put("explain.denominator", card -> sql(card.denominator()));
    fields.put("handbook.items", card -> sql(card.items()));
    fields.put("handbook.derived", HandbookCard::derived);
    fields.put("handbook.columns", card -> columns);
    fields.put("explain.adds", card -> messages.text("adds." + card.adds()));
    fields.put("handbook.cohort", card -> days("handbook.cohort.days", card.seenDays()));
    fields.put("handbook.history", card -> days("handbook.history.days", card.historyDays()));
    fields.put("handbook.needs", this::needs);
    fields.put("handbook.mart", this::groups);
    fields.put("explain.owner", card -> messages.text("owner." + card.owner()));
    fields.put("explain.source", card -> card.source().in(language));
    return fields;
  }

  private static String sql(String sql) {
    return sql == null ? "" : Markdown.code(sql);
  }

  private static String derived(Card card) {
    return card.derived().entrySet().stream()
        .map(it -> Markdown.code(it.getKey() + " = " + it.getValue()))
        .collect(Collectors.joining("; "));
  }

  private String days(String key, Integer days) {
    return days == null ? "" : messages.text(key, days);
  }

  /** All of a family: told once, as many are the same. */
  private String columns(List<Card> family) {
    Contract mart = contracts.contract(family.get(0).mart());
    Set<String> names = new HashSet<>();
    for (Card card : family) {
      names.addAll(card.columns());
      names.addAll(card.sources());
    }
    family.forEach(card -> names.removeAll(card.derived().keySet()));
    List<String> told = new ArrayList<>();
    for (String name : mart.names()) {
      if (names.remove(name)) {
        told.add(Markdown.code(name) + ": " + mart.column(name).meaning().in(language));
      }
    }
    names.stream()
        .sorted()
        .forEach(name -> told.add(Markdown.code(name) + ": " + messages.text("column." + name)));
    return String.join("<br>", told);
  }

  private String needs(Card card) {
    if (card.needs().isEmpty()) {
      return messages.text("handbook.needs.none");
    }
    String inputs =
        card.needs().stream()
            .map(
                need ->
                    Card.alternatives(need)
                        .map(it -> "[" + it + "](../schemas/contracts/input." + it + ".yaml)")
                        .collect(Collectors.joining(" " + messages.text("or") + " ")))
            .collect(Collectors.joining(", "));
    boolean several = card.needs().size() > 1;
    return messages.text(several ? "handbook.needs.several" : "handbook.needs.some", inputs);
  }

  private String groups(Card card) {
    List<String> keys = contracts.contract(card.mart()).keyColumns();
    return keys.isEmpty()
        ? messages.text("handbook.mart.all")
        : messages.text(
            "handbook.mart.keys",
            keys.stream().map(Markdown::code).collect(Collectors.joining(", ")),
            card.mart(),
            card.mart());
  }

  private void examples(Card card, boolean alone) {
    out.block(
        alone ? messages.text("handbook.of-card") : messages.text("handbook.of-family", card.id()));
    for (Card.Example example : card.examples()) {
      Text edge = card.edges().get(example.shows());
      out.block("*" + (edge == null ? messages.text("handbook.usual") : edge.in(language)) + "*");
      List<List<String>> lines =
          example.given().lines().filter(line -> !line.isBlank()).map(HandbookCard::cells).toList();
      out.table(lines.get(0), lines.subList(1, lines.size()));
      out.block(messages.text("handbook.value", value(card, example)));
    }
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }

  private String value(Card card, Card.Example example) {
    if (example.expect() == null) {
      return messages.text("handbook.empty");
    }
    NumberFormat format = NumberFormat.getNumberInstance(messages.locale());
    format.setMaximumFractionDigits(DECIMALS);
    String number = format.format(example.expect());
    return card.unit().equals("money")
        ? number
        : number + " " + messages.text("unit." + card.unit());
  }
}
