package io.recupero.report;

import io.recupero.kpi.Card;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiResult;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.Rate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The KPIs of a report at the closes of a year: one question for all of one kind, whatever number
 * of dates and currencies.
 */
final class Headlines {

  static final String INDEX = "delinquency_index";
  static final String RECOVERY = "recovery_rate";

  /** Those of money, a figure for each currency; the ones of the scorecard first. */
  static final List<String> OF_MONEY =
      List.of(
          INDEX,
          RECOVERY,
          "days_to_recover_median",
          "overdue_over_30",
          "overdue_over_90",
          "par_30",
          "average_dpd",
          "recovery_rate_90",
          "collected_on_time",
          "cei",
          "dso",
          "write_off_rate",
          "unapplied_share");

  /** Those of contacts and customers, which have no currency. */
  static final List<String> OF_PEOPLE =
      List.of("csat", "compliance_rate", "contact_rate", "ptp_kept_rate", "cure_rate");

  /** What stands first: the five measures that teams are led by. */
  static final List<String> TILES =
      List.of(INDEX, RECOVERY, "days_to_recover_median", "csat", "compliance_rate");

  /**
   * What a figure is of.
   *
   * @param currency of its amounts; null of figures of people
   * @param isConverted whether amounts of all currencies are converted to it
   */
  record Block(String currency, boolean isConverted) {

    static final Block PEOPLE = new Block(null, false);

    /** Returns the figures that there are of it. */
    List<String> kpis() {
      return equals(PEOPLE) ? OF_PEOPLE : OF_MONEY;
    }
  }

  private final List<Block> blocks = new ArrayList<>();
  private final List<Rate> rates;
  private final Map<Block, Map<String, KpiRow>> figures = new HashMap<>();
  private final Targets targets;

  Headlines(Source source) {
    targets = Targets.of(source);
    String to = source.reportingCurrency();
    if (to == null) {
      rates = List.of();
    } else {
      Block all = new Block(to, true);
      blocks.add(all);
      KpiResult converted = ask(source, OF_MONEY, List.of(), to);
      converted.rows().forEach(row -> put(all, row));
      rates = converted.rates().stream().filter(it -> it.asOf().equals(source.asOf)).toList();
    }
    for (String currency : source.currencies) {
      blocks.add(new Block(currency, false));
    }
    ask(source, OF_MONEY, List.of(Slice.CURRENCY), null)
        .rows()
        .forEach(row -> put(new Block(row.dimensions().get(0), false), row));
    ask(source, OF_PEOPLE, List.of(), null).rows().forEach(row -> put(Block.PEOPLE, row));
  }

  private static KpiResult ask(Source source, List<String> ids, List<String> by, String to) {
    String where =
        ids.equals(OF_MONEY)
            ? source.slice.where(Slice.PORTFOLIO, Slice.SEGMENT, Slice.CURRENCY)
            : source.slice.where(Slice.PORTFOLIO, Slice.SEGMENT);
    return source.kpis.evaluate(new KpiQuery(ids, source.dates(), by, to, where));
  }

  private void put(Block block, KpiRow row) {
    figures.computeIfAbsent(block, any -> new HashMap<>()).put(row.kpi() + row.asOf(), row);
  }

  /** Returns the blocks of money: the converted one, where there is one, then the currencies. */
  List<Block> ofMoney() {
    return blocks;
  }

  /** Returns the blocks of single currencies. */
  List<Block> ofCurrencies() {
    return blocks.stream().filter(block -> !block.isConverted()).toList();
  }

  /** Returns the blocks that stand for all: the converted one, else every currency. */
  List<Block> ofSummary() {
    boolean isConverted = !blocks.isEmpty() && blocks.get(0).isConverted();
    return isConverted ? blocks.subList(0, 1) : blocks;
  }

  Targets targets() {
    return targets;
  }

  /** Returns the rates at the as-of date of the currencies that were converted. */
  List<Rate> rates() {
    Collection<String> used =
        blocks.stream().map(Block::currency).collect(Collectors.toCollection(LinkedHashSet::new));
    return rates.stream().filter(rate -> used.contains(rate.from())).toList();
  }

  /** Returns a figure; empty where the group has nothing at that date. */
  Optional<KpiRow> at(Block block, String kpi, LocalDate date) {
    return Optional.ofNullable(figures.getOrDefault(block, Map.of()).get(kpi + date));
  }

  /** Returns the cards of all figures, in order. */
  static List<Card> cards(Source source) {
    return Stream.concat(OF_MONEY.stream(), OF_PEOPLE.stream()).map(source::card).toList();
  }

  /** Returns the cell of a figure, in the unit of its card. */
  static Cell cell(Card card, Block block, Optional<KpiRow> figure) {
    return cell(card, block, figure.map(KpiRow::exactValue).orElse(null));
  }

  static Cell cell(Card card, Block block, java.math.BigDecimal value) {
    return switch (card.unit()) {
      case "percent" -> Cell.percent(value);
      case "days" -> Cell.number(value, 1);
      case "money" -> Cell.amount(value, block.currency());
      default -> Cell.number(value, 2);
    };
  }
}
