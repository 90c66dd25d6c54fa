package io.recupero.report;

import io.recupero.kpi.Rate;
import io.recupero.report.Headlines.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a manager reads: the headlines, their change on the month and their trend; of all currencies
 * converted to one, where there are several and one is named.
 */
final class SummarySection implements SectionMaker {

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    Texts texts = source.texts;
    List<Block> ofMoney = headlines.ofSummary();
    HeadlineTables of = new HeadlineTables(source, headlines);
    List<Block> blocks = Stream.concat(ofMoney.stream(), Stream.of(Block.PEOPLE)).toList();
    List<Table> tables =
        new ArrayList<>(List.of(of.values(blocks), of.trend(blocks, texts.text("report.trend"))));
    if (!headlines.rates().isEmpty()) {
      tables.add(rates(source, headlines.rates()));
    }
    return Optional.of(
        new Section(
            "summary",
            texts.text("report.summary"),
            notes(source),
            new HeadlineTiles(source, headlines, of).of(ofMoney),
            tables,
            of.charts(1, ofMoney)));
  }

  private static List<String> notes(Source source) {
    Texts texts = source.texts;
    List<String> notes = new ArrayList<>();
    notes.add(texts.text("report.summary.note", texts.close(source.previous())));
    if (!Source.isClose(source.asOf)) {
      notes.add(texts.text("report.summary.note.running", source.asOf.getDayOfMonth()));
    }
    if (source.reportingCurrency() != null) {
      notes.add(texts.text("report.summary.note.converted", source.reportingCurrency()));
    }
    if (source.slice.currency() != null) {
      notes.add(texts.text("report.summary.note.people"));
    }
    if (source.slice.portfolio() != null) {
      notes.add(texts.text("report.summary.note.portfolio"));
    }
    return notes;
  }

  private static Table rates(Source source, List<Rate> rates) {
    Texts texts = source.texts;
    String to = source.reportingCurrency();
    Table.Builder table =
        new Table.Builder("rates", texts.text("report.rates", to))
            .text("currency", texts.text("report.currency"))
            .text("reading", texts.text("report.rate.reading"))
            .number("rate", texts.text("report.rate"))
            .text("date", texts.text("report.rate.date"));
    for (Rate rate : rates) {
      table.row(
          Cell.text(rate.from()),
          Cell.text(
              rate.inverse()
                  ? texts.text("report.rate.is", rate.from(), to)
                  : texts.text("report.rate.is", to, rate.from())),
          Cell.number(rate.rate(), 4),
          Cell.date(rate.dated()));
    }
    return table.build();
  }
}
