package io.recupero.report;

import io.recupero.kpi.Card;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.Rate;
import io.recupero.report.Headlines.Block;
import io.recupero.report.Tile.Verdict;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The headlines: values, their change on the month, targets, and the trend of a year. */
final class SummarySection implements SectionMaker {

  /** Columns before the months of the trend: what it is of. */
  private static final int OF_TREND = 3;

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    return Optional.of(new Making(source, headlines).section());
  }

  /** One section while it is made. */
  private static final class Making {

    private final Source source;
    private final Headlines headlines;
    private final Texts texts;
    private final Targets targets;
    private final List<Tile> tiles = new ArrayList<>();

    Making(Source source, Headlines headlines) {
      this.source = source;
      this.headlines = headlines;
      this.texts = source.texts;
      this.targets = Targets.of(source);
    }

    Section section() {
      List<Chart> charts = new ArrayList<>();
      List<Table> tables = new ArrayList<>(List.of(values(), trend(charts)));
      if (!headlines.rates().isEmpty()) {
        tables.add(rates());
      }
      tiles();
      return new Section("summary", texts.text("report.summary"), notes(), tiles, tables, charts);
    }

    private List<String> notes() {
      List<String> notes = new ArrayList<>();
      notes.add(texts.text("report.summary.note", texts.close(source.previous())));
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

    private Table values() {
      Table.Builder table =
          new Table.Builder("values", "")
              .text("block", texts.text("report.currency"))
              .text("kpi", texts.text("report.kpi"))
              .number("value", texts.text("report.value"))
              .text("unit", texts.text("report.unit"))
              .number("previous", texts.text("report.previous", texts.close(source.previous())))
              .number("change", texts.text("report.change"))
              .text("verdict", texts.text("report.verdict"));
      if (!targets.isEmpty()) {
        table
            .number("target", texts.text("report.target"))
            .number("distance", texts.text("report.distance"))
            .text("status", texts.text("report.status"));
      }
      table.text("reason", texts.text("report.reason"));
      for (Block block : headlines.ofMoney()) {
        amount(table, block, "open", KpiRow::denominator);
        amount(table, block, "overdue", KpiRow::numerator);
        Headlines.OF_MONEY.forEach(kpi -> figure(table, block, kpi));
      }
      Headlines.OF_PEOPLE.forEach(kpi -> figure(table, Block.PEOPLE, kpi));
      return table.build();
    }

    /** The two sides of the index are what people ask for first: the balance, and what is late. */
    private void amount(
        Table.Builder table, Block block, String part, Function<KpiRow, BigDecimal> of) {
      BigDecimal now = at(block, Headlines.INDEX, source.asOf).map(of).orElse(null);
      BigDecimal before = at(block, Headlines.INDEX, source.previous()).map(of).orElse(null);
      String currency = block.currency();
      List<Cell> cells =
          new ArrayList<>(
              List.of(
                  label(block),
                  Cell.text(texts.text("report.amount." + part)),
                  Cell.amount(now, currency),
                  Cell.text(currency),
                  Cell.amount(before, currency),
                  Cell.signed(minus(now, before), Currencies.decimals(currency))));
      int others = targets.isEmpty() ? 2 : 5; // neither way of a balance is better, nor a target
      cells.addAll(Collections.nCopies(others, Cell.EMPTY));
      table.row(cells);
    }

    private void figure(Table.Builder table, Block block, String kpi) {
      Card card = source.card(kpi);
      Optional<KpiRow> now = at(block, kpi, source.asOf);
      Optional<KpiRow> before = at(block, kpi, source.previous());
      Cell change = change(card, block, now, before);
      Optional<Targets.Target> target = targets.at(block, kpi);
      List<Cell> cells =
          new ArrayList<>(
              List.of(
                  label(block),
                  Cell.text(texts.of(card.name())),
                  Headlines.cell(card, block, now),
                  Cell.text(unit(card, block)),
                  Headlines.cell(card, block, before),
                  change,
                  Cell.text(verdictText(verdict(card, change)))));
      if (!targets.isEmpty()) {
        cells.add(Headlines.cell(card, block, target.map(Targets.Target::value).orElse(null)));
        cells.add(
            Cell.signed(
                target.map(Targets.Target::distance).orElse(null), change.format().decimals()));
        cells.add(
            Cell.text(target.map(it -> texts.code("report.status", it.status())).orElse(null)));
      }
      cells.add(Cell.text(Missing.why(source, card, now)));
      table.row(cells);
    }

    private Optional<KpiRow> at(Block block, String kpi, LocalDate date) {
      return headlines.at(block, kpi, date);
    }

    private Cell label(Block block) {
      if (block.currency() == null) {
        return Cell.EMPTY;
      }
      return Cell.text(
          block.isConverted()
              ? texts.text("report.converted", block.currency())
              : block.currency());
    }

    private String unit(Card card, Block block) {
      return card.unit().equals("money") ? block.currency() : texts.text("unit." + card.unit());
    }

    private static Cell change(
        Card card, Block block, Optional<KpiRow> now, Optional<KpiRow> before) {
      BigDecimal change =
          minus(
              now.map(KpiRow::exactValue).orElse(null),
              before.map(KpiRow::exactValue).orElse(null));
      return Cell.signed(change, Headlines.cell(card, block, Optional.empty()).format().decimals());
    }

    private static BigDecimal minus(BigDecimal value, BigDecimal other) {
      return value == null || other == null ? null : value.subtract(other);
    }

    private static Verdict verdict(Card card, Cell change) {
      if (change.isEmpty() || card.better().equals("neither")) {
        return Verdict.NONE;
      }
      int sign = ((BigDecimal) change.value()).signum();
      if (sign == 0) {
        return Verdict.SAME;
      }
      return sign > 0 == card.better().equals("higher") ? Verdict.BETTER : Verdict.WORSE;
    }

    private String verdictText(Verdict verdict) {
      return verdict == Verdict.NONE ? null : texts.text(verdict.key());
    }

    private Table trend(List<Chart> charts) {
      List<LocalDate> closes = source.closes();
      Table.Builder table =
          new Table.Builder("trend", texts.text("report.trend"))
              .text("block", texts.text("report.currency"))
              .text("kpi", texts.text("report.kpi"))
              .text("unit", texts.text("report.unit"));
      closes.forEach(close -> table.number(close.toString(), texts.close(close)));
      for (String kpi : Headlines.OF_MONEY) {
        int first = table.size();
        headlines.ofMoney().forEach(block -> table.row(trend(kpi, block)));
        chart(kpi, first, table.size(), closes.size()).ifPresent(charts::add);
      }
      Headlines.OF_PEOPLE.forEach(kpi -> table.row(trend(kpi, Block.PEOPLE)));
      return table.build();
    }

    private List<Cell> trend(String kpi, Block block) {
      Card card = source.card(kpi);
      List<Cell> cells =
          new ArrayList<>(
              List.of(
                  label(block), Cell.text(texts.of(card.name())), Cell.text(unit(card, block))));
      source
          .closes()
          .forEach(close -> cells.add(Headlines.cell(card, block, at(block, kpi, close))));
      return cells;
    }

    private Optional<Chart> chart(String kpi, int first, int end, int closes) {
      boolean isDrawn = kpi.equals(Headlines.INDEX) || kpi.equals(Headlines.RECOVERY);
      if (!isDrawn || first == end) {
        return Optional.empty();
      }
      return Optional.of(
          new Chart(
              "trend_" + kpi,
              texts.text("report.trend.of", texts.of(source.card(kpi).name())),
              Chart.Kind.LINES,
              texts.text("unit." + source.card(kpi).unit()),
              1,
              0,
              IntStream.range(first, end).boxed().toList(),
              IntStream.range(OF_TREND, OF_TREND + closes).boxed().toList()));
    }

    private Table rates() {
      Table.Builder table =
          new Table.Builder("rates", texts.text("report.rates", source.reportingCurrency()))
              .text("currency", texts.text("report.currency"))
              .number("rate", texts.text("report.rate"))
              .text("reading", texts.text("report.rate.reading"))
              .text("date", texts.text("report.rate.date"));
      for (Rate rate : headlines.rates()) {
        String to = source.reportingCurrency();
        table.row(
            Cell.text(rate.from()),
            Cell.number(rate.rate(), 4),
            Cell.text(
                rate.inverse()
                    ? texts.text("report.rate.is", rate.from(), to)
                    : texts.text("report.rate.is", to, rate.from())),
            Cell.date(rate.dated()));
      }
      return table.build();
    }

    private void tiles() {
      Block block = headlines.ofMoney().isEmpty() ? Block.PEOPLE : headlines.ofMoney().get(0);
      if (block != Block.PEOPLE) {
        tile(block, "open", KpiRow::denominator, Verdict.NONE);
        tile(block, "overdue", KpiRow::numerator, Verdict.NONE);
      }
      for (String kpi : Headlines.TILES) {
        boolean isOfMoney = Headlines.OF_MONEY.contains(kpi);
        if (!isOfMoney || block != Block.PEOPLE) {
          tile(kpi, isOfMoney ? block : Block.PEOPLE);
        }
      }
    }

    private void tile(Block block, String part, Function<KpiRow, BigDecimal> of, Verdict verdict) {
      BigDecimal now = at(block, Headlines.INDEX, source.asOf).map(of).orElse(null);
      BigDecimal before = at(block, Headlines.INDEX, source.previous()).map(of).orElse(null);
      tiles.add(
          new Tile(
              part,
              texts.text("report.amount." + part),
              Cell.amount(now, block.currency()),
              block.currency(),
              Cell.signed(minus(now, before), Currencies.decimals(block.currency())),
              block.currency(),
              verdict,
              block.isConverted() ? texts.text("report.converted", block.currency()) : ""));
    }

    private void tile(String kpi, Block block) {
      Card card = source.card(kpi);
      Optional<KpiRow> now = at(block, kpi, source.asOf);
      Cell change = change(card, block, now, at(block, kpi, source.previous()));
      boolean isPercent = card.unit().equals("percent");
      String unit = isPercent ? "" : unit(card, block);
      String reason = Missing.why(source, card, now);
      tiles.add(
          new Tile(
              kpi,
              texts.of(card.name()),
              Headlines.cell(card, block, now),
              unit,
              change,
              isPercent ? texts.text("report.points") : unit,
              verdict(card, change),
              reason.isEmpty() ? targets.told(block, kpi) : reason));
    }
  }
}
