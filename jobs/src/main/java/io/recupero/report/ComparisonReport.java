package io.recupero.report;

import io.recupero.segment.ComparedTable;
import io.recupero.segment.Comparison;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A comparison of two sets of segment rules as a page with charts. */
public final class ComparisonReport {

  @SuppressWarnings("unchecked") // a column's values are of one type, which has an order
  private static final Comparator<Object> IN_ORDER =
      Comparator.nullsLast((a, b) -> ((Comparable<Object>) a).compareTo(b));

  private final Comparison comparison;
  private final Texts texts;

  private ComparisonReport(Comparison comparison, Texts texts) {
    this.comparison = comparison;
    this.texts = texts;
  }

  /**
   * Makes the page.
   *
   * @param a what readers call the first rules, as their file's name
   * @param b likewise the second
   * @param known the release's knowledge time
   */
  public static Report of(Comparison comparison, String a, String b, Instant known, Locale locale) {
    Texts texts = new Texts(locale);
    return new Report(
        texts.text("segments.title"),
        texts.text("segments.subtitle", texts.date(comparison.asOf()), a, b),
        "segments-" + comparison.asOf() + "-" + texts.language(),
        texts,
        comparison.asOf(),
        known,
        new ComparisonReport(comparison, texts).sections());
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(section("sizes", plain("sizes"), bars("sizes", List.of(2, 4), "%")));
    Table moves = pivot("migration", List.of("segment_a"), "segment_b", "share_of_a");
    sections.add(
        new Section(
            "migration",
            texts.text("segments.table.migration"),
            List.of(texts.text("segments.note.migration")),
            List.of(),
            List.of(plain("migration"), moves),
            moved(matrix("migration", moves), 1)));
    Table stability = pivot("stability", List.of("rules"), "as_of", "psi_before");
    sections.add(section("stability", stability, lines("stability", stability)));
    Table recovery = byCurrency("recovery");
    sections.add(
        section(
            "recovery",
            recovery,
            charts(Chart.Kind.LIMITS, recovery, List.of("recovery_rate", "low", "high"))));
    Table curves = pivot("curves", List.of("rules", "segment"), "days", "paid_share");
    sections.add(
        new Section(
            "days_to_recover",
            texts.text("segments.table.days_to_recover"),
            List.of(texts.text("segments.note.days_to_recover")),
            List.of(),
            List.of(plain("days_to_recover"), curves),
            moved(lines("curves", curves), 1)));
    Table concentration = byCurrency("concentration");
    sections.add(
        section(
            "concentration",
            concentration,
            charts(
                Chart.Kind.BARS,
                concentration,
                List.of("open_share", "overdue_share", "top_tenth_share"))));
    sections.add(section("contacts", plain("contacts"), List.of()));
    sections.add(
        section(
            "contact_change", plain("contact_change"), bars("contact_change", List.of(1, 2), "")));
    return sections;
  }

  private Section section(String id, Table table, List<Chart> charts) {
    return new Section(
        id,
        texts.text("segments.table." + id),
        List.of(texts.text("segments.note." + id)),
        List.of(),
        List.of(table),
        charts);
  }

  private Table plain(String id) {
    ComparedTable from = comparison.table(id);
    Table.Builder table = new Table.Builder(id, "");
    for (int i = 0; i < from.columns().size(); i++) {
      column(table, from, i);
    }
    from.rows().forEach(row -> table.row(row.stream().map(this::cell).toList()));
    return table.build();
  }

  /** Returns a table with rules and segment in one column, the rows of a currency together. */
  private Table byCurrency(String id) {
    ComparedTable from = comparison.table(id);
    Table.Builder table = new Table.Builder(id, "");
    table.text("of", title("segment"));
    for (int i = 2; i < from.columns().size(); i++) {
      column(table, from, i);
    }
    int currency = from.columns().indexOf("currency");
    from.rows().stream()
        .sorted(Comparator.comparing(row -> String.valueOf(row.get(currency))))
        .forEach(
            row -> {
              List<Cell> cells = new ArrayList<>();
              cells.add(Cell.text(name(row.get(0)) + " · " + name(row.get(1))));
              row.subList(2, row.size()).forEach(value -> cells.add(cell(value)));
              table.row(cells);
            });
    return table.build();
  }

  /** Returns a chart of these columns for each currency. */
  private List<Chart> charts(Chart.Kind kind, Table table, List<String> columns) {
    List<String> ids = table.columns().stream().map(Table.Column::id).toList();
    Map<String, List<Integer>> byCurrency = new LinkedHashMap<>();
    for (int i = 0; i < table.rows().size(); i++) {
      Object currency = table.rows().get(i).cells().get(ids.indexOf("currency")).value();
      byCurrency.computeIfAbsent(currency + "", it -> new ArrayList<>()).add(i);
    }
    List<Chart> charts = new ArrayList<>();
    byCurrency.forEach(
        (currency, rows) ->
            charts.add(
                new Chart(
                    "chart_" + table.id() + currency,
                    texts.text("segments.table." + table.id()) + " · " + currency,
                    kind,
                    "%",
                    0,
                    0,
                    rows,
                    columns.stream().map(ids::indexOf).toList())));
    return charts;
  }

  private List<Chart> matrix(String id, Table table) {
    return table.rows().isEmpty()
        ? List.of()
        : List.of(
            new Chart(
                "chart_" + id,
                texts.text("segments.table." + id),
                Chart.Kind.MATRIX,
                "%",
                0,
                0,
                IntStream.range(0, table.rows().size()).boxed().toList(),
                IntStream.range(1, table.columns().size()).boxed().toList()));
  }

  private void column(Table.Builder table, ComparedTable from, int at) {
    String name = from.columns().get(at);
    String title = title(name);
    if (from.rows().stream().anyMatch(row -> row.get(at) instanceof Number)) {
      table.number(name, title);
    } else {
      table.text(name, title);
    }
  }

  /** Returns a row for each value of some columns, a column for each value of another. */
  private Table pivot(String id, List<String> down, String across, String value) {
    ComparedTable from = comparison.table(id);
    int acrossAt = from.columns().indexOf(across);
    int valueAt = from.columns().indexOf(value);
    Set<Object> columns = new LinkedHashSet<>();
    Map<String, Map<Object, Object>> rows = new LinkedHashMap<>();
    for (List<Object> row : from.rows()) {
      columns.add(row.get(acrossAt));
      String name =
          String.join(
              " · ", down.stream().map(it -> name(row.get(from.columns().indexOf(it)))).toList());
      rows.computeIfAbsent(name, it -> new LinkedHashMap<>())
          .put(row.get(acrossAt), row.get(valueAt));
    }
    List<Object> inOrder = columns.stream().sorted(IN_ORDER).toList();
    String caption =
        switch (id) {
          case "curves" -> title("curves");
          case "migration" -> title("share_of_a");
          default -> "";
        };
    Table.Builder table = new Table.Builder(id.equals("migration") ? "shares" : id, caption);
    table.text("of", title(down.get(down.size() - 1)));
    inOrder.forEach(
        it -> table.number(it + "", it instanceof LocalDate day ? texts.close(day) : name(it)));
    rows.forEach(
        (name, values) -> {
          List<Cell> cells = new ArrayList<>(List.of(Cell.text(name)));
          inOrder.forEach(it -> cells.add(cell(values.get(it))));
          table.row(cells);
        });
    return table.build();
  }

  private String name(Object value) {
    return value == null ? texts.text("segments.none") : texts.code("segments.rules", value + "");
  }

  private List<Chart> bars(String id, List<Integer> columns, String unit) {
    int rows = comparison.table(id).rows().size();
    return rows == 0
        ? List.of()
        : List.of(
            new Chart(
                "chart_" + id,
                texts.text("segments.table." + id),
                Chart.Kind.BARS,
                unit,
                0,
                0,
                IntStream.range(0, rows).boxed().toList(),
                columns));
  }

  /** Returns one chart of all rows; of curves, one a set of rules: both are too many to tell. */
  private List<Chart> lines(String id, Table table) {
    Map<String, List<Integer>> byRules = new LinkedHashMap<>();
    for (int i = 0; i < table.rows().size(); i++) {
      String of = table.rows().get(i).cells().get(0).value().toString();
      byRules
          .computeIfAbsent(id.equals("curves") ? of.substring(0, 1) : "", it -> new ArrayList<>())
          .add(i);
    }
    List<Chart> charts = new ArrayList<>();
    byRules.forEach(
        (rules, rows) ->
            charts.add(
                new Chart(
                    "chart_" + id + rules,
                    (rules + " " + title(id)).strip(),
                    Chart.Kind.LINES,
                    id.equals("curves") ? "%" : "",
                    0,
                    0,
                    rows,
                    IntStream.range(1, table.columns().size()).boxed().toList())));
    return charts;
  }

  private static List<Chart> moved(List<Chart> charts, int table) {
    return charts.stream()
        .map(
            it ->
                new Chart(
                    it.id(), it.title(), it.kind(), it.unit(), table, 0, it.rows(), it.columns()))
        .toList();
  }

  private String title(String column) {
    return texts.code("segments.column", column);
  }

  private Cell cell(Object value) {
    if (value instanceof BigDecimal number) {
      return Cell.number(number, 2);
    }
    if (value instanceof Number number) {
      return Cell.whole(number.longValue());
    }
    if (value instanceof LocalDate day) {
      return Cell.close(day);
    }
    return Cell.text(value == null ? null : texts.code("segments.rules", value.toString()));
  }
}
