package io.recupero.report;

import io.recupero.kpi.Card;
import io.recupero.kpi.KpiRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a figure has no value, as its card says it. */
final class Missing {

  private Missing() {}

  private static String inputs(Texts texts, String need) {
    return Card.alternatives(need)
        .map(input -> texts.code("report.input", input))
        .collect(Collectors.joining(" " + texts.text("or") + " "));
  }

  /** Returns the reason; empty where there is a value, or the card has no reason. */
  static String why(Source source, Card card, Optional<KpiRow> figure) {
    if (figure.map(KpiRow::exactValue).isPresent()) {
      return "";
    }
    List<String> needed = card.lacks(source.marts::has);
    if (!needed.isEmpty()) {
      return source.texts.text(
          "report.missing.input",
          needed.stream()
              .map(need -> inputs(source.texts, need))
              .collect(Collectors.joining(", ")));
    }
    if (figure.isEmpty()) {
      return source.texts.text("report.missing.nothing");
    }
    if (card.denominator() != null && figure.get().denominator() == null) {
      return source.texts.text("report.missing.rate");
    }
    return card.examples().stream()
        .filter(example -> example.expect() == null)
        .map(example -> card.edges().get(example.shows()))
        .filter(edge -> edge != null)
        .map(source.texts::of)
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
