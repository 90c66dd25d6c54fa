package io.recupero.cli;

import io.recupero.cli.Messages.Lang;
import io.recupero.contract.Contract;
import io.recupero.contract.ContractColumn;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What every figure means, of the cards and the contracts of their marts: one document a language,
 * the same whenever and wherever it is written.
 */
final class Handbook {

  private final Collection<List<Card>> families;
  private final Contracts contracts;
  private final Messages messages;
  private final String language;
  private final Markdown out = new Markdown();

  private Handbook(Cards cards, Contracts contracts, Lang lang) {
    Map<String, List<Card>> byFile =
        cards.all().stream()
            .collect(Collectors.groupingBy(Card::file, LinkedHashMap::new, Collectors.toList()));
    this.families = byFile.values();
    this.contracts = contracts;
    this.messages = Messages.of(lang);
    this.language = lang.code();
  }

  /** Writes the documents of both languages into a folder, and returns their paths. */
  static List<Path> write(Path folder, Cards cards, Contracts contracts) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (Lang lang : Lang.values()) {
      files.add(Files.writeString(folder.resolve(file(lang)), text(cards, contracts, lang)));
      files.add(
          Files.writeString(
              folder.resolve(Dictionary.file(lang)), Dictionary.text(contracts, lang)));
    }
    return files;
  }

  static String file(Lang lang) {
    return "kpis." + lang.code() + ".md";
  }

  /** Returns the document of one language. */
  static String text(Cards cards, Contracts contracts, Lang lang) {
    return new Handbook(cards, contracts, lang).text();
  }

  private String text() {
    out.block("# " + messages.text("handbook.title"));
    out.block("*" + messages.text("handbook.made") + "*");
    out.block(messages.text("handbook.intro"));
    out.list(
        List.of(
            messages.text("handbook.read.value"),
            messages.text("handbook.read.parts"),
            messages.text("handbook.read.month"),
            messages.text("handbook.read.groups"),
            messages.text("handbook.read.currency"),
            messages.text("handbook.read.adds")));
    contents();
    HandbookCard writer = new HandbookCard(contracts, messages, language, out);
    for (String subject : Card.SUBJECTS) {
      out.heading(2, "subject-" + subject, messages.text("subject." + subject));
      of(subject).forEach(writer::write);
    }
    dimensions();
    keys();
    return out.toString();
  }

  private List<List<Card>> of(String subject) {
    return families.stream().filter(it -> it.get(0).subject().equals(subject)).toList();
  }

  private void contents() {
    out.block("## " + messages.text("handbook.contents"));
    List<String> lines = new ArrayList<>();
    for (String subject : Card.SUBJECTS) {
      String figures =
          of(subject).stream()
              .map(it -> Markdown.link(HandbookCard.title(it, language), it.get(0).id()))
              .collect(Collectors.joining(", "));
      lines.add(
          Markdown.link(messages.text("subject." + subject), "subject-" + subject)
              + ": "
              + figures);
    }
    lines.add(Markdown.link(messages.text("handbook.dimensions"), "dimensions"));
    lines.add(Markdown.link(messages.text("handbook.keys"), "keys"));
    out.list(lines);
  }

  /** Every mart has the same dimensions, which a test of the marts holds. */
  private void dimensions() {
    out.heading(2, "dimensions", messages.text("handbook.dimensions"));
    out.block(messages.text("handbook.dimensions.intro"));
    Contract any = marts().get(0);
    columns(any, any.dimensions());
  }

  private void keys() {
    out.heading(2, "keys", messages.text("handbook.keys"));
    out.block(messages.text("handbook.keys.intro"));
    for (Contract mart : marts()) {
      if (!mart.keyColumns().isEmpty()) {
        out.heading(3, mart.id(), mart.id());
        out.block(mart.meaning().in(language));
        columns(mart, mart.keyColumns());
      }
    }
  }

  private void columns(Contract mart, List<String> names) {
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      ContractColumn column = mart.column(name);
      rows.add(
          List.of(
              Markdown.code(name),
              column.meaning().in(language),
              column.examples().stream().map(Markdown::code).collect(Collectors.joining(", "))));
    }
    out.table(
        List.of(
            messages.text("handbook.column"),
            messages.text("handbook.meaning"),
            messages.text("handbook.example")),
        rows);
  }

  private List<Contract> marts() {
    return families.stream()
        .map(it -> it.get(0).mart())
        .distinct()
        .sorted()
        .map(contracts::contract)
        .toList();
  }
}
