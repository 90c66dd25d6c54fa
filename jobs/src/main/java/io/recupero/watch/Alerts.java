package io.recupero.watch;

import io.recupero.contract.Contracts;
import io.recupero.contract.Text;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.Kpis;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartShape;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which alerts fire. Alerts over the same dimensions are answered by one question. */
final class Alerts {

  private final Cards cards = Cards.load();
  private final Kpis kpis;
  private final LocalDate asOf;

  Alerts(MartReader tables, LocalDate asOf) {
    this.kpis = new Kpis(cards, MartShape.all(Contracts.load()), tables);
    this.asOf = asOf;
  }

  /** What one question is about. */
  private record Question(Set<String> dimensions, String to) {
    static Question of(AlertRule rule) {
      Set<String> dimensions = new TreeSet<>(rule.by());
      dimensions.addAll(rule.where().keySet());
      return new Question(dimensions, rule.to().orElse(null));
    }
  }

  /** One figure of an answer, but for its date. */
  private record Key(String kpi, LocalDate asOf, List<String> values) {}

  /** Returns the alerts that fire, in the order of the rules; by slice where one fires for many. */
  List<Alert> fired(AlertRules rules) {
    Map<Question, List<AlertRule>> questions = new LinkedHashMap<>();
    rules
        .all()
        .forEach(
            rule ->
                questions.computeIfAbsent(Question.of(rule), key -> new ArrayList<>()).add(rule));
    Map<AlertRule, List<Alert>> fired = new HashMap<>();
    questions.forEach(
        (question, asked) -> {
          List<String> dimensions = List.copyOf(question.dimensions());
          List<KpiRow> rows = kpis.evaluate(query(question, dimensions, asked)).rows();
          asked.forEach(rule -> fired.put(rule, fired(rule, dimensions, rows)));
        });
    return rules.all().stream().flatMap(rule -> fired.get(rule).stream()).toList();
  }

  private KpiQuery query(Question question, List<String> dimensions, List<AlertRule> asked) {
    Set<LocalDate> dates = new TreeSet<>(Set.of(asOf));
    asked.forEach(rule -> rule.against().ifPresent(against -> dates.add(against.of(asOf))));
    List<String> ids = asked.stream().map(AlertRule::kpi).distinct().toList();
    return new KpiQuery(ids, List.copyOf(dates), dimensions, question.to(), null);
  }

  private List<Alert> fired(AlertRule rule, List<String> dimensions, List<KpiRow> rows) {
    Map<Key, BigDecimal> values = new HashMap<>();
    rows.forEach(
        row -> values.put(new Key(row.kpi(), row.asOf(), row.dimensions()), row.exactValue()));
    List<Alert> fired = new ArrayList<>();
    for (KpiRow row : rows) {
      Map<String, String> slice = slice(row, dimensions, rule);
      if (row.kpi().equals(rule.kpi()) && row.asOf().equals(asOf) && isKept(rule, slice)) {
        BigDecimal value = value(rule, row, values);
        // Nothing is known of an empty figure, so nothing is told of it.
        if (value != null) {
          rule.crossed(value).ifPresent(bound -> fired.add(alert(rule, slice, value, bound)));
        }
      }
    }
    return fired;
  }

  private BigDecimal value(AlertRule rule, KpiRow row, Map<Key, BigDecimal> values) {
    BigDecimal value = row.exactValue();
    if (rule.against().isEmpty() || value == null) {
      return value;
    }
    LocalDate date = rule.against().get().of(asOf);
    BigDecimal before = values.get(new Key(row.kpi(), date, row.dimensions()));
    return before == null ? null : value.subtract(before);
  }

  /** Returns the slice of a row, what the rule keeps first. */
  private static Map<String, String> slice(KpiRow row, List<String> dimensions, AlertRule rule) {
    Map<String, String> slice = new LinkedHashMap<>(rule.where());
    for (int i = 0; i < dimensions.size(); i++) {
      slice.put(dimensions.get(i), row.dimensions().get(i));
    }
    return slice;
  }

  private static boolean isKept(AlertRule rule, Map<String, String> slice) {
    return rule.where().entrySet().stream()
        .allMatch(kept -> kept.getValue().equals(slice.get(kept.getKey())));
  }

  private Alert alert(
      AlertRule rule, Map<String, String> slice, BigDecimal value, BigDecimal bound) {
    String where = Slice.of(slice);
    Text text = rule.text().orElseGet(() -> usual(rule, bound));
    return new Alert(
        rule.id(),
        rule.kpi(),
        where,
        rule.severity().name().toLowerCase(Locale.ROOT),
        value,
        bound,
        new Text(
            filled(text.es(), Said.es(value), Said.es(bound), where),
            filled(text.en(), Said.en(value), Said.en(bound), where)));
  }

  private static String filled(String text, String value, String bound, String slice) {
    return text.replace("{value}", value)
        .replace("{bound}", bound)
        .replace(" ({slice})", Slice.inSentence(slice))
        .replace("{slice}", slice);
  }

  private Text usual(AlertRule rule, BigDecimal bound) {
    Card card = cards.find(rule.kpi()).orElseThrow();
    boolean above = rule.above().filter(bound::equals).isPresent();
    Text unit = unit(card.unit());
    return rule.against()
        .map(against -> against.of(asOf))
        .map(
            date ->
                new Text(
                    "%s ({slice}): cambió en {value}%s desde el %s; umbral {bound}."
                        .formatted(card.name().es(), points(unit.es(), " puntos"), date),
                    "%s ({slice}): changed by {value}%s since %s; threshold {bound}."
                        .formatted(card.name().en(), points(unit.en(), " points"), date)))
        .orElseGet(
            () ->
                new Text(
                    "%s ({slice}): {value}%s, %s {bound}."
                        .formatted(card.name().es(), unit.es(), above ? "sobre" : "bajo"),
                    "%s ({slice}): {value}%s, %s {bound}."
                        .formatted(card.name().en(), unit.en(), above ? "above" : "below")));
  }

  /** A share moves by points, not by percent. */
  private static String points(String unit, String points) {
    return unit.equals(" %") ? points : unit;
  }

  /** Money is in the currency that the slice or the rule names. */
  private static Text unit(String unit) {
    return switch (unit) {
      case "percent" -> new Text(" %", " %");
      case "days" -> new Text(" días", " days");
      case "points" -> new Text(" puntos", " points");
      default -> new Text("", "");
    };
  }
}
