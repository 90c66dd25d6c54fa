package io.recupero.publish;

import io.recupero.contract.Contract;
import io.recupero.contract.ContractColumn;
import io.recupero.contract.Contracts;
import io.recupero.contract.Monthly;
import io.recupero.contract.Text;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.kpi.MartShape;
import io.recupero.publish.ServedColumn.Role;
import io.recupero.publish.ServedMetric.Adds;
import io.recupero.publish.StoredMarts.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A mart as charts read it: its values at each close, so that a sum is what was true then and a
 * card's formula is the figure as it stands, at any slice.
 *
 * <p>Each mart is two tables: one of the as-of date alone, and one ({@code _trend}) with the closes
 * of the two years up to it.
 */
final class MartTables {

  /** Dimensions that the dashboards' filters go by; the others would only make tables greater. */
  static final List<String> DIMENSIONS = List.of("portfolio_id", "segment", "country", "currency");

  /** What readers see of a missing attribute: a group of its own. */
  static final String NONE = "\u2014";

  /** Numbers that formulas read, and customers that are named only where it takes their names. */
  private static final Set<String> HIDDEN = Set.of("days", StoredMarts.CUSTOMER);

  private final Contracts contracts;
  private final Cards cards;
  private final Labels labels;

  MartTables(Contracts contracts, Cards cards, Labels labels) {
    this.contracts = contracts;
    this.cards = cards;
    this.labels = labels;
  }

  /** Returns the two tables of every mart. */
  List<ServedTable> all() {
    List<ServedTable> tables = new ArrayList<>();
    for (MartShape shape : MartShape.all(contracts)) {
      // The monthly tables have no cards of their own: they are what a mart is served from.
      if (contracts.all().stream().noneMatch(it -> isMonthlyOf(it, shape))) {
        List<Cut> cuts = StoredMarts.cuts(contracts.contract(shape.mart()));
        cuts.forEach(cut -> tables.add(table(shape, cut, false)));
        tables.add(table(shape, cuts.get(0), true));
      }
    }
    return tables;
  }

  private static boolean isMonthlyOf(Contract daily, MartShape shape) {
    return !daily.id().equals(shape.mart()) && Monthly.of(daily.id()).equals(shape.mart());
  }

  private ServedTable table(MartShape shape, Cut cut, boolean trend) {
    Contract contract = contracts.contract(shape.mart());
    List<Card> ofMart =
        cards.all().stream().filter(card -> card.mart().equals(shape.mart())).toList();
    List<ServedColumn> columns = columns(contract, cut, ofMart, trend);
    List<ServedMetric> metrics = new ArrayList<>();
    ofMart.forEach(card -> metrics.addAll(CardMetric.of(card, shape, labels)));
    if (!trend) {
      ofMart.stream()
          .filter(card -> card.items() != null && card.seenDays() == null)
          .forEach(card -> metrics.add(CardMetric.items(card, labels)));
    }
    if (trend) {
      // Of a cohort the latest one seen moves with the date: its change would compare two cohorts.
      ofMart.stream()
          .filter(card -> card.seenDays() == null && !card.formula().contains("countback"))
          .forEach(card -> metrics.add(CardMetric.change(card, shape)));
    }
    columns.stream().filter(MartTables::isPart).map(MartTables::sum).forEach(metrics::add);
    String name = cut.name() + (trend ? "_trend" : "");
    Optional<Stored> stored = StoredMarts.of(contract, cut);
    return new ServedTable(
        name,
        new Text(name, name),
        contract.meaning(),
        columns,
        metrics,
        trend,
        false,
        stored,
        new Text(sql(contract, stored, columns, "es"), sql(contract, stored, columns, "en")));
  }

  static boolean isPart(ServedColumn column) {
    return column.role() == Role.AMOUNT || column.role() == Role.COUNT;
  }

  /** The sum of a part, which is of one date as all parts are. */
  static ServedMetric sum(ServedColumn part) {
    boolean money = part.role() == Role.AMOUNT;
    return new ServedMetric(
        "sum_" + part.name(),
        part.title(),
        part.about(),
        null,
        null,
        "SUM(" + part.name() + ")",
        money ? "money" : "count",
        "neither",
        Adds.AT_DATE,
        money,
        false);
  }

  private List<ServedColumn> columns(Contract contract, Cut cut, List<Card> ofMart, boolean trend) {
    List<ServedColumn> columns = new ArrayList<>();
    columns.add(column(ServedTable.AS_OF, "VARCHAR", Role.AS_OF));
    if (trend) {
      columns.add(column(ServedTable.CLOSE, "DATE", Role.DATE));
      columns.add(
          new ServedColumn(
              ServedTable.CLOSE_LABEL,
              "VARCHAR",
              labels.column(ServedTable.CLOSE),
              labels.column(ServedTable.CLOSE),
              Role.DIMENSION));
      columns.add(column(ServedTable.STEPS_BACK, "INTEGER", Role.HIDDEN));
      columns.add(column(ServedTable.CLOSED_BACK, "INTEGER", Role.HIDDEN));
    }
    columns.add(column("as_of_day", "INTEGER", Role.HIDDEN));
    columns.add(column("history_days", "INTEGER", Role.HIDDEN));
    Set<String> given = new TreeSet<>();
    ofMart.forEach(card -> card.inputs().forEach(input -> given.add(CardMetric.has(input))));
    ofMart.stream()
        .filter(card -> card.seenDays() != null)
        .map(CardMetric::seen)
        .forEach(given::add);
    given.forEach(
        name -> columns.add(column(name, isFlag(name) ? "INTEGER" : "VARCHAR", Role.HIDDEN)));
    for (ContractColumn column : contract.columns()) {
      if (!column.role().orElse("").equals("key") || cut.keys().contains(column.name())) {
        columns.addAll(served(column));
      }
    }
    return columns;
  }

  private static boolean isFlag(String name) {
    return name.startsWith("has_");
  }

  private ServedColumn column(String name, String type, Role role) {
    return new ServedColumn(name, type, labels.column(name), labels.column(name), role);
  }

  private List<ServedColumn> served(ContractColumn column) {
    String name = column.name();
    String type = DuckTypes.of(column.type());
    Text title = labels.column(name);
    return switch (column.role().orElse("")) {
      case "dimension" ->
          DIMENSIONS.contains(name)
              ? List.of(new ServedColumn(name, type, title, column.meaning(), Role.DIMENSION))
              : List.of();
      case "key" ->
          labels.hasWords(name)
              ? List.of(
                  new ServedColumn(name, type, title, column.meaning(), Role.HIDDEN),
                  new ServedColumn(words(name), "VARCHAR", title, column.meaning(), Role.DIMENSION))
              : List.of(
                  new ServedColumn(
                      name,
                      type,
                      title,
                      column.meaning(),
                      HIDDEN.contains(name) ? Role.HIDDEN : Role.DIMENSION));
      case "amount" -> List.of(new ServedColumn(name, type, title, column.meaning(), Role.AMOUNT));
      case "count" -> List.of(new ServedColumn(name, type, title, column.meaning(), Role.COUNT));
      default -> List.of();
    };
  }

  /** The column with the words for a column's codes. */
  static String words(String column) {
    return column + "_label";
  }

  private String sql(
      Contract contract, Optional<Stored> stored, List<ServedColumn> columns, String language) {
    boolean trend = columns.stream().anyMatch(it -> it.name().equals(ServedTable.CLOSE));
    String select =
        columns.stream()
            .map(column -> select(column, contract, language))
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM meta.closes c JOIN %s%s"
        .formatted(
            select,
            stored
                .map(it -> it.table() + " m ON m.close = c.close")
                .orElse(contract.id() + " m ON m.day <= c.close"),
            trend ? "" : " WHERE c.steps_back = 0");
  }

  private String select(ServedColumn column, Contract contract, String language) {
    String name = column.name();
    if (name.equals(ServedTable.CLOSE_LABEL)) {
      return "c.close_%s AS %s".formatted(language, name);
    }
    String code = name.replace("_label", "");
    if (name.endsWith("_label") && contract.keyColumns().contains(code)) {
      return labels.words(code, "m." + code, language) + " AS " + name;
    }
    if (isFlag(name)) {
      return "(SELECT %s FROM meta.given) AS %s".formatted(name, name);
    }
    if (!contract.names().contains(name)) {
      return "c." + name;
    }
    if (column.role() == Role.DIMENSION && !name.equals("currency")) {
      return "COALESCE(m.%s, '%s') AS %s".formatted(name, NONE, name);
    }
    return "m." + name;
  }
}
