package io.recupero.watch;

import io.recupero.contract.Text;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.watch.CheckRules.Rule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Headline figures against their own values at the month ends before: a mistake in the data moves a
 * figure farther than business does. The median and the median distance from it (MAD) take no
 * notice of one odd month.
 */
final class KpiHistory {

  private static final int CLOSES = 12;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** What these cards say holds at any day; other figures are of a month that is not over. */
  private static final Set<String> AT_ANY_DAY = Set.of("balance", "time");

  private final Cards cards;
  private final LocalDate asOf;

  KpiHistory(Cards cards, LocalDate asOf) {
    this.cards = cards;
    this.asOf = asOf;
  }

  /** Returns one finding for each figure and currency that has history enough. */
  List<Check> look(Rule rule, List<Figure> figures) {
    Map<String, List<Figure>> series = new LinkedHashMap<>();
    figures.stream()
        .filter(figure -> isComparable(figure.kpi()))
        .sorted(Comparator.comparing(Figure::asOf))
        .forEach(
            figure -> series.computeIfAbsent(slice(figure), key -> new ArrayList<>()).add(figure));
    List<Check> checks = new ArrayList<>();
    series.forEach(
        (slice, all) -> {
          Figure last = all.get(all.size() - 1);
          List<BigDecimal> before =
              all.stream()
                  .filter(figure -> figure.asOf().isBefore(asOf))
                  .map(Figure::value)
                  .filter(Objects::nonNull)
                  .toList();
          before = before.subList(Math.max(0, before.size() - CLOSES), before.size());
          boolean enough = BigDecimal.valueOf(before.size()).compareTo(rule.limit("closes")) >= 0;
          if (last.asOf().equals(asOf) && last.value() != null && enough && !before.isEmpty()) {
            checks.add(check(last, slice, before, rule));
          }
        });
    return checks;
  }

  private boolean isComparable(String kpi) {
    boolean anyDay = cards.find(kpi).map(Card::subject).filter(AT_ANY_DAY::contains).isPresent();
    return anyDay || asOf.getDayOfMonth() == asOf.lengthOfMonth();
  }

  private static String slice(Figure figure) {
    Map<String, String> slice = new LinkedHashMap<>();
    slice.put("kpi", figure.kpi());
    if (figure.currency() != null) {
      slice.put("currency", figure.currency());
    }
    return Slice.of(slice);
  }

  private static Check check(Figure figure, String slice, List<BigDecimal> before, Rule rule) {
    BigDecimal median = median(before);
    BigDecimal mad = median(before.stream().map(it -> it.subtract(median).abs()).toList());
    BigDecimal width = mad.multiply(rule.limit("spread")).max(rule.limit("least"));
    BigDecimal low = median.subtract(width);
    BigDecimal high = median.add(width);
    BigDecimal value = figure.value();
    boolean above = value.compareTo(median) >= 0;
    boolean passed = value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
    return new Check(
        CheckRules.KPI_HISTORY,
        slice,
        rule.severity(),
        passed,
        value,
        above ? high : low,
        new Text(
            "%s: %s; en %d cierres la mediana es %s, y lo habitual va de %s a %s."
                .formatted(
                    slice,
                    Said.es(value),
                    before.size(),
                    Said.es(median),
                    Said.es(low),
                    Said.es(high)),
            "%s: %s; over %d month ends the median is %s, and the usual is from %s to %s."
                .formatted(
                    slice,
                    Said.en(value),
                    before.size(),
                    Said.en(median),
                    Said.en(low),
                    Said.en(high))));
  }

  static BigDecimal median(Collection<BigDecimal> values) {
    List<BigDecimal> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : sorted.get(middle - 1).add(sorted.get(middle)).divide(TWO, MathContext.DECIMAL128);
  }
}
