package io.recupero.kpi;

import io.recupero.kpi.MartShape.Role;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Answers questions about KPIs from the marts. */
public final class Kpis {

  private final Cards cards;
  private final Map<String, MartShape> marts;
  private final MartReader reader;

  /** Answers from the tables that {@code reader} finds, whose columns {@code marts} describe. */
  public Kpis(Cards cards, Collection<MartShape> marts, MartReader reader) {
    this.cards = cards;
    this.marts = marts.stream().collect(Collectors.toMap(MartShape::mart, shape -> shape));
    this.reader = reader;
  }

  /**
   * Evaluates a question: one pass over each mart it needs, for all dates and cards together.
   *
   * <p>By no dimension there is one row for each KPI and date, without a value where there is
   * nothing; by dimensions one for each group in which there is anything.
   *
   * @throws InvalidQueryException if the question names what does not exist, or would add amounts
   *     of several currencies
   */
  public KpiResult evaluate(KpiQuery query) {
    List<Card> asked = QueryCheck.asked(query, cards, marts);
    Map<String, List<Card>> byMart =
        asked.stream()
            .filter(this::isThere)
            .collect(Collectors.groupingBy(Card::mart, LinkedHashMap::new, Collectors.toList()));
    List<Rate> rates =
        query.to() == null
            ? List.of()
            : Rates.at(reader.read(MartReader.RATES), query.asOf(), query.to());
    Map<String, List<KpiRow>> rows = new HashMap<>();
    byMart.forEach((mart, ofMart) -> rows.putAll(ofMart(query, marts.get(mart), ofMart, rates)));
    return new KpiResult(
        query,
        asked.stream()
            .flatMap(card -> rows.getOrDefault(card.id(), nothing(query, card)).stream())
            .toList(),
        rates);
  }

  private boolean isThere(Card card) {
    return card.lacks(reader::has).isEmpty();
  }

  /** Of what was never delivered nothing is known: neither a value nor its parts. */
  private static List<KpiRow> nothing(KpiQuery query, Card card) {
    return query.by().isEmpty()
        ? query.asOf().stream()
            .map(date -> new KpiRow(card.id(), date, List.of(), null, null, null, null))
            .toList()
        : List.of();
  }

  private Map<String, List<KpiRow>> ofMart(
      KpiQuery query, MartShape shape, List<Card> ofMart, List<Rate> rates) {
    Dataset<Row> deltas = reader.read(shape.mart());
    CurveFunctions.register(deltas.sparkSession());
    Integer historyDay = historyDay(ofMart);
    MartQuestion all = new MartQuestion(shape, ofMart, query.by(), historyDay);
    Cells shapeOfCells = new Cells(keys(query, all), all.used(Role.AMOUNT), all.used(Role.COUNT));
    Dataset<Row> table =
        query.to() == null
            ? null
            : Rates.table(deltas.sparkSession(), rates, query.asOf(), query.to());
    Dataset<Row> chosen = query.where() == null ? deltas : deltas.where(query.where());
    Dataset<Row> cells =
        Cells.converted(all.derived(shapeOfCells.at(query.asOf(), chosen)), all.money(), table);
    Collection<List<Card>> together =
        ofMart.stream()
            .collect(
                Collectors.groupingBy(
                    card -> String.valueOf(card.seenDays()),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .values();
    if (together.size() > 1) {
      cells.persist();
    }
    try {
      Map<String, List<KpiRow>> rows = new HashMap<>();
      for (List<Card> cohort : together) {
        MartQuestion question = new MartQuestion(shape, cohort, query.by(), historyDay);
        List<Row> answer = question.answer(cells, query.to() != null).collectAsList();
        refuseSeveralCurrencies(query, question, answer);
        for (int i = 0; i < cohort.size(); i++) {
          rows.put(cohort.get(i).id(), rows(query, cohort.get(i), i, answer));
        }
      }
      return rows;
    } finally {
      cells.unpersist();
    }
  }

  private Integer historyDay(List<Card> cards) {
    if (cards.stream().allMatch(card -> card.historyDays() == null)) {
      return null;
    }
    return reader.read(MartReader.HISTORY).selectExpr("unix_date(MIN(day))").first().getAs(0);
  }

  private static Set<String> keys(KpiQuery query, MartQuestion question) {
    Set<String> keys = new LinkedHashSet<>(query.by());
    keys.add("currency");
    keys.addAll(question.used(Role.KEY));
    keys.addAll(question.used(Role.DIMENSION));
    if (question.cards().stream().anyMatch(card -> card.seenDays() != null)) {
      keys.add(MartQuestion.COHORT);
    }
    return keys;
  }

  private static void refuseSeveralCurrencies(
      KpiQuery query, MartQuestion question, List<Row> answer) {
    if (query.to() != null || query.by().contains("currency")) {
      return;
    }
    Set<String> currencies = new TreeSet<>();
    for (Row row : answer) {
      for (String column : List.of("least_currency", "greatest_currency")) {
        if (row.getAs(column) != null) {
          currencies.add(row.getAs(column));
        }
      }
    }
    if (currencies.size() > 1) {
      throw new InvalidQueryException(
          List.of(
              "Cannot add amounts in several currencies (%s) for %s. "
                      .formatted(
                          String.join(", ", currencies),
                          question.ofMoney().stream()
                              .map(Card::id)
                              .collect(Collectors.joining(", ")))
                  + "Group by currency, keep one (currency = '%s'), or name a currency to convert to."
                      .formatted(currencies.iterator().next())));
    }
  }

  private static List<KpiRow> rows(KpiQuery query, Card card, int i, List<Row> answer) {
    List<KpiRow> rows = new ArrayList<>();
    Set<LocalDate> missing = new TreeSet<>(query.asOf());
    for (Row row : answer) {
      List<String> dimensions = new ArrayList<>();
      query.by().forEach(dimension -> dimensions.add(row.getAs(dimension)));
      KpiRow figure =
          new KpiRow(
              card.id(),
              row.<java.sql.Date>getAs("as_of").toLocalDate(),
              dimensions,
              row.getAs("v" + i),
              KpiRow.plain(row.getAs("n" + i)),
              KpiRow.plain(row.getAs("d" + i)),
              row.getAs("i" + i));
      if (query.by().isEmpty() || !figure.empty()) {
        rows.add(figure);
      }
      missing.remove(figure.asOf());
    }
    if (query.by().isEmpty()) {
      Double value = card.valueOfNothing();
      BigDecimal none = card.ratio() ? BigDecimal.ZERO : null;
      BigDecimal above = value == null ? none : BigDecimal.ZERO;
      missing.forEach(
          date -> rows.add(new KpiRow(card.id(), date, List.of(), value, above, none, 0L)));
    }
    Comparator<KpiRow> order = Comparator.comparing(KpiRow::asOf);
    for (int d = 0; d < query.by().size(); d++) {
      int at = d;
      order =
          order.thenComparing(
              row -> row.dimensions().get(at), Comparator.nullsFirst(Comparator.naturalOrder()));
    }
    rows.sort(order);
    return rows;
  }
}
