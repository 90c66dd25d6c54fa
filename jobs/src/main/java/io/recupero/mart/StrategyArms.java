package io.recupero.mart;

import io.recupero.mart.StrategyMeasure.Part;
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
import java.util.function.Function;

/** The arms of one segment and month, with what each customer adds. */
final class StrategyArms {

  static final String CONTROL = "control";

  /** Of each arm its customers, in the order of their ids so that draws do not hang on chance. */
  private final NavigableMap<String, NavigableMap<String, Map<String, Map<Part, BigDecimal>>>>
      arms = new TreeMap<>();

  private final TreeSet<String> currencies = new TreeSet<>();

  /**
   * What the customers of an arm add to a measure.
   *
   * @param numerators of the customers with anything in the denominator, as all that follow
   */
  record Sample(BigDecimal[] numerators, BigDecimal[] denominators) {

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

    private static BigDecimal sum(BigDecimal[] parts) {
      return Arrays.stream(parts).reduce(BigDecimal.ZERO.setScale(4), BigDecimal::add);
    }
  }

  /**
   * Adds what a customer has in a currency.
   *
   * @param currency null of what has none
   */
  void add(String arm, String customer, String currency, Map<Part, BigDecimal> parts) {
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
    List<Map<Part, BigDecimal>> counted =
        arms.getOrDefault(arm, new TreeMap<>()).values().stream()
            .map(parts -> parts.getOrDefault(currency, Map.of()))
            .filter(parts -> measure.denominator(parts).signum() != 0)
            .toList();
    return new Sample(column(counted, measure::numerator), column(counted, measure::denominator));
  }

  private static BigDecimal[] column(
      List<Map<Part, BigDecimal>> counted, Function<Map<Part, BigDecimal>, BigDecimal> part) {
    return counted.stream().map(part).toArray(BigDecimal[]::new);
  }
}
