package io.recupero.publish;

import io.recupero.contract.Text;
import io.recupero.kpi.Card;
import io.recupero.kpi.MartShape;
import io.recupero.publish.ServedMetric.Adds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A KPI card as SQL over a served mart, in which as-of dates and needs are columns. */
final class CardMetric {

  /** What a metric by cohort is called beside the one of the latest cohort seen. */
  static final String BY_COHORT = "_by_cohort";

  /** A count of customers, as cards say it. */
  private static final Pattern CUSTOMERS =
      Pattern.compile("COUNT\\(DISTINCT CASE WHEN (\\w+) > 0 THEN customer_id END\\)");

  private static final Pattern AGGREGATE = Pattern.compile("\\b(SUM|COUNT|MIN|MAX)$");

  private CardMetric() {}

  /** Returns the metrics of a card: of a card of cohorts there is one more, by cohort. */
  static List<ServedMetric> of(Card card, MartShape shape, Labels labels) {
    if (card.seenDays() == null) {
      return List.of(metric(card, shape, labels, card.id(), ""));
    }
    return List.of(
        metric(card, shape, labels, card.id(), " FILTER (WHERE cohort = " + seen(card) + ")"),
        metric(
            card,
            shape,
            labels,
            card.id() + BY_COHORT,
            " FILTER (WHERE cohort <= " + seen(card) + ")"));
  }

  /**
   * Returns the change of a card's figure on the close before, over a trend: percent in percentage
   * points. Empty where either figure is. Of what is of a month it is that of the latest closed
   * month: some days of one are not held against a whole one.
   */
  static ServedMetric change(Card card, MartShape shape) {
    String back = card.isOfMonth() ? ServedTable.CLOSED_BACK : ServedTable.STEPS_BACK;
    boolean percent = card.unit().equals("percent");
    String difference =
        "(%s) - (%s)".formatted(sqlAt(card, back + " = 0"), sqlAt(card, back + " = 1"));
    String es =
        card.isOfMonth()
            ? "Diferencia del último mes cerrado con el anterior"
            : "Diferencia con el cierre anterior";
    String en =
        card.isOfMonth()
            ? "Difference of the latest closed month to the one before"
            : "Difference to the close before";
    return new ServedMetric(
        card.id() + ServedMetric.CHANGE,
        new Text("Variación: " + card.name().es(), "Change: " + card.name().en()),
        new Text(
            es + (percent ? ", en puntos porcentuales. " : ". ") + about(card).es(),
            en + (percent ? ", in percentage points. " : ". ") + about(card).en()),
        null,
        null,
        percent ? "100 * (" + difference + ")" : difference,
        percent ? "points" : card.unit(),
        card.better(),
        Adds.NOWHERE,
        shape.isOfMoney(card),
        card.isOfMonth());
  }

  /** Returns how many things the denominator of a card's figure counts. */
  static ServedMetric items(Card card, Labels labels) {
    Text name = labels.kpi(card.id()).orElse(card.name());
    return new ServedMetric(
        card.id() + ServedMetric.ITEMS,
        // Superset takes no two columns of one heading.
        new Text(name.es() + ", n", name.en() + ", n"),
        new Text(
            "De cuántos es: " + card.name().es() + ".",
            "How many it is of: " + card.name().en() + "."),
        null,
        null,
        customers(card.items()),
        "count",
        "neither",
        Adds.NOWHERE,
        false,
        card.isOfMonth());
  }

  private static String sqlAt(Card card, String step) {
    return sql(card, " FILTER (WHERE " + step + ")", step);
  }

  /** The column with the latest cohort of which every entry has been seen so many days. */
  static String seen(Card card) {
    return "seen_" + card.seenDays();
  }

  /** The column that says whether an input was ever delivered. */
  static String has(String input) {
    return "has_" + input;
  }

  private static ServedMetric metric(
      Card card, MartShape shape, Labels labels, String name, String filter) {
    return new ServedMetric(
        name,
        labels.kpi(card.id()).orElse(card.name()),
        about(card),
        card.expression(),
        new Text(
            "No se suma ni se promedia: se calcula de nuevo para cada corte.",
            "Never add or average it: it is computed anew for every slice."),
        sql(card, filter, null),
        card.unit(),
        card.better(),
        Adds.NOWHERE,
        shape.isOfMoney(card),
        card.isOfMonth());
  }

  private static Text about(Card card) {
    return new Text(about(card, "es"), about(card, "en"));
  }

  private static String about(Card card, String language) {
    return card.name().in(language) + ". " + card.meaning().in(language) + edges(card, language);
  }

  private static String edges(Card card, String language) {
    return card.edges().values().stream()
        .map(edge -> " " + edge.in(language))
        .collect(Collectors.joining());
  }

  private static String sql(Card card, String filter, String step) {
    List<String> conditions = new ArrayList<>();
    card.needs().forEach(need -> conditions.add(isGiven(need)));
    if (card.historyDays() != null) {
      String days = step == null ? "history_days" : "CASE WHEN " + step + " THEN history_days END";
      conditions.add("MIN(" + days + ") >= " + card.historyDays());
    }
    String value = value(card, filter, step);
    return conditions.isEmpty()
        ? value
        : "CASE WHEN " + String.join(" AND ", conditions) + " THEN " + value + " END";
  }

  private static String isGiven(String need) {
    return Card.alternatives(need)
        .map(input -> "MIN(" + has(input) + ") = 1")
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private static String value(Card card, String filter, String step) {
    String percent = card.unit().equals("percent") ? " / 100" : "";
    if (card.denominator() == null) {
      String moment = step == null ? "$1" : "CASE WHEN " + step + " THEN $1 END";
      return card.withFormula(card.formula().replaceAll("\\bcurve\\((\\w+)", "curve(" + moment))
          + percent;
    }
    String numerator = "CAST(" + filtered(customers(card.numerator()), filter) + " AS DOUBLE)";
    String denominator =
        "NULLIF(CAST(" + filtered(customers(card.denominator()), filter) + " AS DOUBLE), 0)";
    return card.with(numerator, denominator) + percent;
  }

  /** Customers of one group are kept as numbers, see {@link StoredMarts}; others have names. */
  private static String customers(String sql) {
    String counted =
        CUSTOMERS
            .matcher(sql)
            .replaceAll(
                "(COUNT(DISTINCT CASE WHEN $1 > 0 THEN customer_id END)"
                    + " + COALESCE(SUM(CASE WHEN customer_id IS NULL THEN $1 END), 0))");
    if (sql.contains(StoredMarts.CUSTOMER) && counted.equals(sql)) {
      throw new IllegalStateException("Cannot count the customers of " + sql + " for charts");
    }
    return counted;
  }

  /** Puts a filter behind every aggregate: SUM(a) - SUM(b) has two. */
  private static String filtered(String sql, String filter) {
    if (filter.isEmpty()) {
      return sql;
    }
    StringBuilder result = new StringBuilder();
    Deque<Boolean> open = new ArrayDeque<>();
    for (int i = 0; i < sql.length(); i++) {
      char at = sql.charAt(i);
      result.append(at);
      if (at == '(') {
        open.push(AGGREGATE.matcher(sql.substring(0, i)).find());
      } else if (at == ')' && open.pop()) {
        result.append(filter);
      }
    }
    return result.toString();
  }
}
