package io.recupero.mart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** The arms of one segment and month, with what each customer adds. */
final class StrategyArms {

  static final String CONTROL = "control";

  private static final long[] NOTHING = new long[StrategyMeasure.PARTS.size()];

  /** Of each arm its customers, in the order of their ids so that draws do not hang on chance. */
  private final NavigableMap<String, NavigableMap<String, Map<String, long[]>>> arms =
      new TreeMap<>();

  private final TreeSet<String> currencies = new TreeSet<>();

  /**
   * What the customers of an arm add to a measure.
   *
   * @param numerators of the customers with anything in the denominator, as all that follow
   */
  record Sample(long[] numerators, long[] denominators) {

    int size() {
      return numerators.length;
    }

    BigDecimal numerator() {
      return sum(numerators);
    }

    BigDecimal denominator() {
      return sum(denominators);
    }

    /** Returns the measure's value with {@code scale} decimals; null without a denominator. */
    BigDecimal value(int factor, int scale) {
      return size() == 0
          ? null
          : numerator()
              .multiply(BigDecimal.valueOf(factor))
              .divide(denominator(), scale, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal sum(long[] parts) {
      return Arrays.stream(parts)
          .mapToObj(part -> BigDecimal.valueOf(part, 4))
          .reduce(BigDecimal.ZERO.setScale(4), BigDecimal::add);
    }
  }

  /**
   * Adds what a customer has in a currency.
   *
   * @param currency null of what has none
   */
  void add(String arm, String customer, String currency, long[] parts) {
    arms.computeIfAbsent(arm, it -> new TreeMap<>())
        .computeIfAbsent(customer, it -> new HashMap<>(4))
        .put(currency, parts);
    if (currency != null) {
      currencies.add(currency);
    }
  }

  List<String> treatments() {
    return arms.keySet().stream().filter(arm -> !arm.equals(CONTROL)).toList();
  }

  Set<String> currencies() {
    return currencies;
  }

  int customers(String arm) {
    return arms.containsKey(arm) ? arms.get(arm).size() : 0;
  }

  Sample sample(String arm, StrategyMeasure measure, String currency) {
    List<long[]> counted =
        arms.getOrDefault(arm, new TreeMap<>()).values().stream()
            .map(parts -> parts.getOrDefault(currency, NOTHING))
            .filter(parts -> measure.denominator(parts) != 0)
            .toList();
    return new Sample(
        column(counted, parts -> parts[measure.numerator]), column(counted, measure::denominator));
  }

  private static long[] column(List<long[]> counted, ToLongFunction<long[]> part) {
    return counted.stream().mapToLong(part).toArray();
  }
}
