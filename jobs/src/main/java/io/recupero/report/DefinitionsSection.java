package io.recupero.report;

import io.recupero.kpi.Card;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the figures mean, word for word as their cards say it. */
final class DefinitionsSection implements SectionMaker {

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("definitions", "")
            .text("name", texts.text("report.kpi"))
            .text("meaning", texts.text("report.definitions.meaning"))
            .text("unit", texts.text("report.unit"))
            .text("better", texts.text("explain.better"))
            .text("numerator", texts.text("explain.numerator"))
            .text("denominator", texts.text("explain.denominator"))
            .text("formula", texts.text("explain.formula"))
            .text("mart", texts.text("explain.mart"))
            .text("edges", texts.text("report.definitions.edges"))
            .text("source", texts.text("explain.source"))
            .text("owner", texts.text("explain.owner"))
            .text("id", texts.text("report.definitions.id"));
    for (Card card : Headlines.cards(source)) {
      table.row(
          Cell.text(texts.of(card.name())),
          Cell.text(texts.of(card.meaning())),
          Cell.text(texts.text("unit." + card.unit())),
          Cell.text(texts.text("better." + card.better())),
          Cell.text(card.numerator()),
          Cell.text(card.denominator()),
          Cell.text(card.formula()),
          Cell.text(card.mart()),
          Cell.text(card.edges().values().stream().map(texts::of).collect(Collectors.joining(" "))),
          Cell.text(texts.of(card.source())),
          Cell.text(texts.code("owner", card.owner())),
          Cell.text(card.id()));
    }
    return Optional.of(
        new Section(
            "definitions",
            texts.text("report.definitions"),
            List.of(texts.text("report.definitions.note")),
            List.of(),
            List.of(table.build()),
            List.of()));
  }
}
