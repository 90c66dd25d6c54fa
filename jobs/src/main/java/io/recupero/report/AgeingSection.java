package io.recupero.report;

import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.MartValues;
import io.recupero.mart.AgeingSchemes;
import io.recupero.mart.UnappliedByAge;
import io.recupero.report.Headlines.Block;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** The open balance by segment and bucket of age, with the index of each. */
final class AgeingSection implements SectionMaker {

  private static final String MART = "gold.balance_daily";

  /** Columns before the buckets. */
  private static final int BEFORE = 2;

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    Texts texts = source.texts;
    List<String> buckets = AgeingSchemes.load().on(source.release().asOf()).labels();
    Table.Builder table =
        new Table.Builder("ageing", "")
            .text("currency", texts.text("report.currency"))
            .text("segment", texts.text("report.segment"));
    buckets.forEach(bucket -> table.number(bucket, texts.code("report.bucket", bucket)));
    table
        .number("open", texts.text("report.amount.open"))
        .number("overdue", texts.text("report.amount.overdue"))
        .number("index", texts.of(source.card(Headlines.INDEX).name()))
        .number("items", texts.text("report.items"));
    Map<List<String>, Map<String, BigDecimal>> amounts = amounts(source);
    Map<List<String>, KpiRow> index = index(source);
    List<Chart> charts = new ArrayList<>();
    for (String currency : source.currencies) {
      int first = table.size();
      for (List<String> cell : cells(amounts, index, currency)) {
        Cell name =
            Cell.text(cell.get(1) == null ? texts.text("report.segment.none") : cell.get(1));
        table.row(
            row(currency, name, buckets, amounts.getOrDefault(cell, Map.of()), index.get(cell)));
      }
      if (table.size() > first) {
        charts.add(chart(texts, currency, first, table.size(), buckets.size()));
        KpiRow total =
            headlines.at(new Block(currency, false), Headlines.INDEX, source.asOf).orElse(null);
        table.total(
            row(
                currency,
                Cell.text(texts.text("report.total")),
                buckets,
                total(amounts, currency),
                total));
      }
    }
    return Optional.of(
        new Section(
            "ageing",
            texts.text("report.ageing"),
            List.of(texts.text("report.ageing.note")),
            List.of(),
            source.slice.portfolio() == null && source.slice.segment() == null
                ? List.of(table.build(), waiting(source, buckets))
                : List.of(table.build()),
            charts));
  }

  private static Map<List<String>, Map<String, BigDecimal>> amounts(Source source) {
    List<Row> rows =
        MartValues.at(
                MART,
                source.read(MART).where(source.slice.filter(dimensions())),
                List.of(source.asOf),
                List.of(Slice.CURRENCY, Slice.SEGMENT, "bucket"))
            .where("bucket IS NOT NULL AND open_amount <> 0")
            .select(Slice.CURRENCY, Slice.SEGMENT, "bucket", "open_amount")
            .collectAsList();
    Map<List<String>, Map<String, BigDecimal>> amounts = new HashMap<>();
    for (Row row : rows) {
      amounts
          .computeIfAbsent(key(row.getString(0), row.getString(1)), any -> new HashMap<>())
          .merge(row.getString(2), row.getDecimal(3), BigDecimal::add);
    }
    return amounts;
  }

  /** Money and credit that wait, by how long they do: it is nobody's segment or portfolio. */
  private static Table waiting(Source source, List<String> buckets) {
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("waiting", texts.text("report.ageing.waiting"))
            .text("currency", texts.text("report.currency"));
    buckets.forEach(bucket -> table.number(bucket, texts.code("report.bucket", bucket)));
    table.number("waiting", texts.text("report.ageing.waiting.amount"));
    Map<String, Map<String, BigDecimal>> amounts = new HashMap<>();
    UnappliedByAge.at(
            source.read("ledger.events").where(source.slice.filter(Slice.CURRENCY)),
            List.of(source.asOf))
        .forEach(
            cell ->
                amounts
                    .computeIfAbsent(cell.currency(), currency -> new HashMap<>())
                    .put(cell.bucket(), cell.amount()));
    for (String currency : source.currencies) {
      Map<String, BigDecimal> of = amounts.getOrDefault(currency, Map.of());
      List<Cell> cells = new ArrayList<>(List.of(Cell.text(currency)));
      buckets.forEach(
          bucket -> cells.add(Cell.amount(of.getOrDefault(bucket, BigDecimal.ZERO), currency)));
      BigDecimal all = of.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      cells.add(Cell.amount(all, currency));
      table.row(cells);
    }
    return table.build();
  }

  private static Map<List<String>, KpiRow> index(Source source) {
    Map<List<String>, KpiRow> index = new HashMap<>();
    source
        .kpis
        .evaluate(
            new KpiQuery(
                List.of(Headlines.INDEX),
                List.of(source.asOf),
                List.of(Slice.CURRENCY, Slice.SEGMENT),
                null,
                source.slice.where(dimensions())))
        .rows()
        .forEach(row -> index.put(row.dimensions(), row));
    return index;
  }

  private static String[] dimensions() {
    return new String[] {Slice.PORTFOLIO, Slice.SEGMENT, Slice.CURRENCY};
  }

  private static List<String> key(String currency, String segment) {
    List<String> key = new ArrayList<>(); // a segment may be null
    key.add(currency);
    key.add(segment);
    return key;
  }

  private static List<List<String>> cells(
      Map<List<String>, Map<String, BigDecimal>> amounts,
      Map<List<String>, KpiRow> index,
      String currency) {
    TreeSet<List<String>> cells =
        new TreeSet<>(
            Comparator.comparing(
                (List<String> cell) -> cell.get(1), Comparator.nullsLast(String::compareTo)));
    amounts.keySet().stream().filter(cell -> currency.equals(cell.get(0))).forEach(cells::add);
    index.entrySet().stream()
        .filter(it -> currency.equals(it.getKey().get(0)) && signum(it.getValue()) != 0)
        .forEach(it -> cells.add(it.getKey()));
    return List.copyOf(cells);
  }

  private static int signum(KpiRow row) {
    return row.denominator() == null ? 0 : row.denominator().signum();
  }

  private static Map<String, BigDecimal> total(
      Map<List<String>, Map<String, BigDecimal>> amounts, String currency) {
    Map<String, BigDecimal> total = new HashMap<>();
    amounts.forEach(
        (cell, buckets) -> {
          if (currency.equals(cell.get(0))) {
            buckets.forEach((bucket, amount) -> total.merge(bucket, amount, BigDecimal::add));
          }
        });
    return total;
  }

  /** A bucket in which nothing is open is zero: that is known. */
  private static List<Cell> row(
      String currency,
      Cell name,
      List<String> buckets,
      Map<String, BigDecimal> amounts,
      KpiRow index) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.text(currency), name));
    buckets.forEach(
        bucket -> cells.add(Cell.amount(amounts.getOrDefault(bucket, BigDecimal.ZERO), currency)));
    cells.add(Cell.amount(index == null ? null : index.denominator(), currency));
    cells.add(Cell.amount(index == null ? null : index.numerator(), currency));
    cells.add(Cell.percent(index == null ? null : index.exactValue()));
    cells.add(Cell.whole(index == null ? null : index.items()));
    return cells;
  }

  private static Chart chart(Texts texts, String currency, int first, int end, int buckets) {
    return new Chart(
        "ageing_" + currency,
        texts.text("report.ageing.of", currency),
        Chart.Kind.STACKED,
        currency,
        0,
        1,
        IntStream.range(first, end).boxed().toList(),
        IntStream.range(BEFORE, BEFORE + buckets).boxed().toList());
  }
}
