package io.recupero.report;

import io.recupero.kpi.Card;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.MartValues;
import io.recupero.report.Headlines.Block;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** Cash by month, and how much of what was overdue it recovered. */
final class RecoveriesSection implements SectionMaker {

  private static final String MART = "gold.flow_daily";

  /** The columns of the chart: recovered, and what it is recovered of. */
  private static final List<Integer> DRAWN = List.of(3, 4);

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    Texts texts = source.texts;
    Card card = source.card(Headlines.RECOVERY);
    Map<String, BigDecimal> cash = cash(source);
    Table.Builder table =
        new Table.Builder("recoveries", "")
            .text("currency", texts.text("report.currency"))
            .text("as_of", texts.text("report.close"))
            .number("cash", texts.text("report.recoveries.cash"))
            .number("recovered", texts.text("report.recoveries.recovered"))
            .number("base", texts.text("report.recoveries.base"))
            .number("rate", texts.of(card.name()))
            .text("reason", texts.text("report.reason"))
            .ifAny();
    List<Chart> charts = new ArrayList<>();
    for (String currency : source.currencies) {
      Block block = new Block(currency, false);
      int first = table.size();
      for (LocalDate close : source.closes()) {
        Optional<KpiRow> figure = headlines.at(block, card.id(), close);
        BigDecimal came = cash.get(currency + close);
        if (figure.isPresent() || came != null) {
          table.row(
              Cell.text(currency),
              Cell.close(close),
              Cell.amount(came == null && isDelivered(source) ? BigDecimal.ZERO : came, currency),
              Cell.amount(figure.map(KpiRow::numerator).orElse(null), currency),
              Cell.amount(figure.map(KpiRow::denominator).orElse(null), currency),
              Headlines.cell(card, block, figure),
              Cell.text(Missing.why(source, card, figure)));
        }
      }
      if (table.size() > first) {
        charts.add(chart(texts, currency, first, table.size()));
      }
    }
    return Optional.of(
        new Section(
            "recoveries",
            texts.text("report.recoveries"),
            List.of(texts.text("report.recoveries.note")),
            List.of(),
            List.of(table.build()),
            charts));
  }

  private static boolean isDelivered(Source source) {
    return source.marts.has("payments");
  }

  private static Map<String, BigDecimal> cash(Source source) {
    Map<String, BigDecimal> cash = new HashMap<>();
    if (!isDelivered(source)) {
      return cash;
    }
    for (Row row :
        MartValues.at(
                MART,
                source
                    .read(MART)
                    .where(source.slice.filter(Slice.PORTFOLIO, Slice.SEGMENT, Slice.CURRENCY)),
                source.closes(),
                List.of(Slice.CURRENCY))
            .select("as_of", Slice.CURRENCY, "cash_amount")
            .collectAsList()) {
      LocalDate close = row.<Date>getAs(0).toLocalDate();
      cash.put(row.getString(1) + close, row.getDecimal(2));
    }
    return cash;
  }

  private static Chart chart(Texts texts, String currency, int first, int end) {
    return new Chart(
        "recoveries_" + currency,
        texts.text("report.recoveries.of", currency),
        Chart.Kind.BARS,
        currency,
        0,
        1,
        IntStream.range(first, end).boxed().toList(),
        DRAWN);
  }
}
