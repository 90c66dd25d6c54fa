package io.recupero.report;

import io.recupero.kpi.Card;
import io.recupero.kpi.KpiRow;
import io.recupero.report.Headlines.Block;
import io.recupero.report.Tile.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The few figures that a report begins with. */
final class HeadlineTiles {

  private final Source source;
  private final Headlines headlines;
  private final HeadlineTables tables;

  HeadlineTiles(Source source, Headlines headlines, HeadlineTables tables) {
    this.source = source;
    this.headlines = headlines;
    this.tables = tables;
  }

  /**
   * Returns the tiles of a block of money and those of people; of several currencies, which nothing
   * adds up, the measures of each.
   */
  List<Tile> of(List<Block> ofMoney) {
    List<Tile> tiles = new ArrayList<>();
    if (ofMoney.size() == 1) {
      tiles.add(amount(ofMoney.get(0), "open", KpiRow::denominator));
      tiles.add(amount(ofMoney.get(0), "overdue", KpiRow::numerator));
    }
    for (String kpi : Headlines.TILES) {
      List<Block> blocks = Headlines.OF_MONEY.contains(kpi) ? ofMoney : List.of(Block.PEOPLE);
      for (Block block : blocks) {
        String name = source.texts.of(source.card(kpi).name());
        tiles.add(figure(blocks.size() > 1 ? name + ", " + block.currency() : name, kpi, block));
      }
    }
    return tiles;
  }

  private Tile amount(Block block, String part, Function<KpiRow, BigDecimal> of) {
    BigDecimal now = tables.at(block, Headlines.INDEX, source.asOf).map(of).orElse(null);
    BigDecimal before = tables.at(block, Headlines.INDEX, source.previous()).map(of).orElse(null);
    return new Tile(
        part,
        source.texts.text("report.amount." + part),
        Cell.amount(now, block.currency()),
        block.currency(),
        Cell.signed(HeadlineTables.minus(now, before), Currencies.decimals(block.currency())),
        block.currency(),
        Verdict.NONE,
        block.isConverted() ? tables.label(block) : "");
  }

  private Tile figure(String name, String kpi, Block block) {
    Card card = source.card(kpi);
    Optional<KpiRow> now = tables.at(block, kpi, source.asOf);
    Cell change = tables.change(card, block);
    boolean isPercent = card.unit().equals("percent");
    String unit = isPercent ? "" : tables.unit(card, block);
    String reason = Missing.why(source, card, now);
    return new Tile(
        kpi,
        name,
        Headlines.cell(card, block, now),
        unit,
        change,
        isPercent ? source.texts.text("report.points") : unit,
        HeadlineTables.verdict(card, change),
        reason.isEmpty() ? headlines.targets().told(block, kpi) : reason);
  }
}
