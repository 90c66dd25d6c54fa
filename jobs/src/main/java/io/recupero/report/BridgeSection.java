package io.recupero.report;

import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * From the balance at the start of each month to that at its end. What lowers the balance is told
 * as a negative amount, so that a row adds up to its closing.
 */
final class BridgeSection implements SectionMaker {

  private static final String TABLE = "gold.month_bridge";
  private static final List<String> UP =
      List.of("opening_amount", "billed_amount", "late_charge_amount", "instalment_amount");
  private static final List<String> DOWN =
      List.of(
          "cash_amount",
          "withheld_amount",
          "credited_amount",
          "restructured_amount",
          "written_off_amount");
  private static final List<String> END =
      List.of("closing_amount", "difference", "recovered_amount");

  /** Columns before the amounts. */
  private static final int BEFORE = 2;

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    if (!source.has(TABLE)) {
      return Optional.empty();
    }
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("bridge", "")
            .text("currency", texts.text("report.currency"))
            .text("as_of", texts.text("report.close"));
    all().forEach(column -> table.number(column, texts.text("report.bridge." + column)));
    Map<String, List<Row>> rows = rows(source);
    List<Chart> charts = new ArrayList<>();
    for (String currency : source.currencies) {
      rows.getOrDefault(currency, List.of()).forEach(row -> table.row(row(currency, row)));
      if (rows.containsKey(currency)) {
        charts.add(chart(texts, currency, rows.get(currency), table.size() - 1));
      }
    }
    List<String> notes = new ArrayList<>(List.of(texts.text("report.bridge.note")));
    if (source.slice.segment() != null) {
      notes.add(texts.text("report.not-sliced.segment"));
    }
    boolean isThere =
        rows.values().stream()
            .flatMap(List::stream)
            .anyMatch(row -> close(row).equals(source.asOf));
    if (!isThere) {
      notes.add(texts.text("report.bridge.note.closes", texts.date(source.asOf)));
    }
    return Optional.of(
        new Section(
            "bridge",
            texts.text("report.bridge"),
            notes,
            List.of(),
            List.of(table.build()),
            charts));
  }

  private static List<String> all() {
    return Stream.of(UP, DOWN, END).flatMap(List::stream).toList();
  }

  private static Map<String, List<Row>> rows(Source source) {
    String closes =
        source.closes().stream()
            .map(close -> "DATE'" + close + "'")
            .collect(Collectors.joining(", "));
    List<Column> sums = all().stream().map(column -> sum(column).as(column)).toList();
    Map<String, List<Row>> rows = new HashMap<>();
    source
        .read(TABLE)
        .where("as_of IN (" + closes + ")")
        .where(source.slice.filter(Slice.PORTFOLIO, Slice.CURRENCY))
        .groupBy("as_of", "currency")
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .collectAsList()
        .forEach(row -> rows.computeIfAbsent(row.getString(1), any -> new ArrayList<>()).add(row));
    rows.values().forEach(list -> list.sort(Comparator.comparing(BridgeSection::close)));
    return rows;
  }

  private static LocalDate close(Row row) {
    return row.<Date>getAs("as_of").toLocalDate();
  }

  private static List<Cell> row(String currency, Row row) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.text(currency), Cell.close(close(row))));
    UP.forEach(column -> cells.add(Cell.amount(row.getAs(column), currency)));
    DOWN.forEach(
        column -> cells.add(Cell.amount(row.<BigDecimal>getAs(column).negate(), currency)));
    END.forEach(column -> cells.add(Cell.amount(row.getAs(column), currency)));
    return cells;
  }

  /** The last month that there is. */
  private static Chart chart(Texts texts, String currency, List<Row> rows, int last) {
    int steps = UP.size() + DOWN.size() + 1;
    return new Chart(
        "bridge_" + currency,
        texts.text("report.bridge.of", currency, texts.close(close(rows.get(rows.size() - 1)))),
        Chart.Kind.WATERFALL,
        currency,
        0,
        1,
        List.of(last),
        IntStream.range(BEFORE, BEFORE + steps).boxed().toList());
  }
}
