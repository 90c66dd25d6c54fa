package io.recupero.report;

import io.recupero.report.Headlines.Block;
import java.util.List;
import java.util.Optional;

/** The year of each currency, where the summary has them converted to one, side by side. */
final class TrendsSection implements SectionMaker {

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    List<Block> blocks = headlines.ofMoney();
    if (headlines.ofSummary().equals(blocks)) {
      return Optional.empty();
    }
    HeadlineTables of = new HeadlineTables(source, headlines);
    return Optional.of(
        new Section(
            "trends",
            source.texts.text("report.trends"),
            List.of(),
            List.of(),
            List.of(of.trend(blocks, "")),
            of.charts(0, blocks)));
  }
}
