package io.recupero.report;

import io.recupero.kpi.Card;
import io.recupero.kpi.KpiRow;
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

/** The figures of the headlines as tables: now and a month ago, and through a year. */
final class HeadlineTables {

  /** Columns before the months of the trend: what it is of. */
  private static final int OF_TREND = 3;

  /** Columns that only figures have: neither way of a balance is better, and it has no target. */
  private static final int OF_FIGURES = 5;

  private final Source source;
  private final Headlines headlines;
  private final Texts texts;
  private final Targets targets;

  HeadlineTables(Source source, Headlines headlines) {
    this.source = source;
    this.headlines = headlines;
    this.texts = source.texts;
    this.targets = headlines.targets();
  }

  /** Returns the figures of blocks at the date: value, change, target, and why one is missing. */
  Table values(List<Block> blocks) {
    Table.Builder table =
        new Table.Builder("values", "")
            .text("block", texts.text("report.currency"))
            .text("kpi", texts.text("report.kpi"))
            .number("value", texts.text("report.value"))
            .text("unit", texts.text("report.unit"))
            .number("previous", texts.close(source.previous()))
            .number("change", texts.text("report.change"))
            .text("verdict", texts.text("report.verdict"))
            .number("target", texts.text("report.target"))
            .ifAny()
            .number("distance", texts.text("report.distance"))
            .ifAny()
            .text("status", texts.text("report.status"))
            .ifAny()
            .text("reason", texts.text("report.reason"))
            .ifAny();
    for (Block block : blocks) {
      if (!block.equals(Block.PEOPLE)) {
        table.row(amount(block, "open", KpiRow::denominator));
        table.row(amount(block, "overdue", KpiRow::numerator));
      }
      block.kpis().forEach(kpi -> table.row(figure(block, kpi)));
    }
    return table.build();
  }

  /** The two sides of the index are what people ask for first: the balance, and what is late. */
  private List<Cell> amount(Block block, String part, Function<KpiRow, BigDecimal> of) {
    BigDecimal now = at(block, Headlines.INDEX, source.asOf).map(of).orElse(null);
    BigDecimal before = at(block, Headlines.INDEX, source.previous()).map(of).orElse(null);
    String currency = block.currency();
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                Cell.text(label(block)),
                Cell.text(texts.text("report.amount." + part)),
                Cell.amount(now, currency),
                Cell.text(currency),
                Cell.amount(before, currency),
                Cell.signed(minus(now, before), Currencies.decimals(currency))));
    cells.addAll(Collections.nCopies(OF_FIGURES, Cell.EMPTY));
    return cells;
  }

  private List<Cell> figure(Block block, String kpi) {
    Card card = source.card(kpi);
    Optional<KpiRow> now = at(block, kpi, source.asOf);
    Cell change = change(card, block);
    Optional<Targets.Target> target = targets.at(block, kpi);
    Verdict verdict = verdict(card, change);
    return List.of(
        Cell.text(label(block)),
        Cell.text(texts.of(card.name())),
        Headlines.cell(card, block, now),
        Cell.text(unit(card, block)),
        Headlines.cell(card, block, at(block, kpi, source.previous())),
        change,
        Cell.text(verdict == Verdict.NONE ? null : texts.text(verdict.key())),
        Headlines.cell(card, block, target.map(Targets.Target::value).orElse(null)),
        Cell.signed(target.map(Targets.Target::distance).orElse(null), change.format().decimals()),
        Cell.text(target.map(it -> texts.code("report.status", it.status())).orElse(null)),
        Cell.text(Missing.why(source, card, now)));
  }

  /** Returns the figures of blocks at the closes of a year, those of one figure together. */
  Table trend(List<Block> blocks, String title) {
    Table.Builder table =
        new Table.Builder("trend", title)
            .text("block", texts.text("report.currency"))
            .text("kpi", texts.text("report.kpi"))
            .text("unit", texts.text("report.unit"));
    source.closes().forEach(close -> table.number(close.toString(), texts.close(close)));
    for (Card card : Headlines.cards(source)) {
      for (Block block : blocks) {
        if (block.kpis().contains(card.id())) {
          List<Cell> cells =
              new ArrayList<>(
                  List.of(
                      Cell.text(label(block)),
                      Cell.text(texts.of(card.name())),
                      Cell.text(unit(card, block))));
          source
              .closes()
              .forEach(
                  close -> cells.add(Headlines.cell(card, block, at(block, card.id(), close))));
          table.row(cells);
        }
      }
    }
    return table.build();
  }

  /**
   * Returns the charts of a trend: of the index, and of the rate of recovery.
   *
   * @param place the place of the trend's table among those of its section
   * @param blocks those of the trend, figures of people apart
   */
  List<Chart> charts(int place, List<Block> blocks) {
    List<Chart> charts = new ArrayList<>();
    for (String kpi : List.of(Headlines.INDEX, Headlines.RECOVERY)) {
      int first = Headlines.OF_MONEY.indexOf(kpi) * blocks.size();
      if (blocks.stream().anyMatch(block -> isAny(block, kpi))) {
        charts.add(
            new Chart(
                (blocks.size() == 1 ? "trend_" : "trends_") + kpi,
                texts.text("report.trend.of", texts.of(source.card(kpi).name())),
                Chart.Kind.LINES,
                texts.text("unit." + source.card(kpi).unit()),
                place,
                0,
                IntStream.range(first, first + blocks.size()).boxed().toList(),
                IntStream.range(OF_TREND, OF_TREND + source.closes().size()).boxed().toList()));
      }
    }
    return charts;
  }

  private boolean isAny(Block block, String kpi) {
    return source.closes().stream()
        .anyMatch(close -> at(block, kpi, close).map(KpiRow::exactValue).isPresent());
  }

  Optional<KpiRow> at(Block block, String kpi, LocalDate date) {
    return headlines.at(block, kpi, date);
  }

  /** Returns what readers call a block; nothing for figures of people. */
  String label(Block block) {
    return block.isConverted()
        ? texts.text("report.converted", block.currency())
        : block.currency();
  }

  String unit(Card card, Block block) {
    return card.unit().equals("money") ? block.currency() : texts.text("unit." + card.unit());
  }

  /** Returns a figure less that of the close before, in the decimals of its card. */
  Cell change(Card card, Block block) {
    BigDecimal now = value(block, card, source.asOf);
    BigDecimal before = value(block, card, source.previous());
    int decimals = Headlines.cell(card, block, Optional.empty()).format().decimals();
    return Cell.signed(minus(now, before), decimals);
  }

  private BigDecimal value(Block block, Card card, LocalDate date) {
    return at(block, card.id(), date).map(KpiRow::exactValue).orElse(null);
  }

  static BigDecimal minus(BigDecimal value, BigDecimal other) {
    return value == null || other == null ? null : value.subtract(other);
  }

  static Verdict verdict(Card card, Cell change) {
    if (change.isEmpty() || card.better().equals("neither")) {
      return Verdict.NONE;
    }
    int sign = ((BigDecimal) change.value()).signum();
    if (sign == 0) {
      return Verdict.SAME;
    }
    return sign > 0 == card.better().equals("higher") ? Verdict.BETTER : Verdict.WORSE;
  }
}
