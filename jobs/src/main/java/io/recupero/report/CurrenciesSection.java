package io.recupero.report;

import io.recupero.report.Headlines.Block;
import java.util.List;
import java.util.Optional;

/** The headlines of each currency, where the summary has them converted to one. */
final class CurrenciesSection implements SectionMaker {

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    List<Block> blocks = headlines.ofCurrencies();
    if (headlines.ofSummary().equals(blocks)) {
      return Optional.empty();
    }
    return Optional.of(
        new Section(
            "currencies",
            source.texts.text("report.currencies"),
            List.of(),
            List.of(),
            List.of(new HeadlineTables(source, headlines).values(blocks)),
            List.of()));
  }
}
