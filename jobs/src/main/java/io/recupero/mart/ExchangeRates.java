package io.recupero.mart;

import static org.apache.spark.sql.functions.expr;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Published rates, looked up in a walk: the latest on or before a day, direct or else inverse. */
public final class ExchangeRates implements Serializable {

  /** No rate at all. */
  public static final ExchangeRates NONE = new ExchangeRates();

  private final Map<String, NavigableMap<Integer, BigDecimal>> byPair = new HashMap<>();
  private final TreeSet<String> currencies = new TreeSet<>();

  private ExchangeRates() {}

  /** Reads silver rates, all versions; of each day the rate known last stands. */
  public static ExchangeRates of(Dataset<Row> published) {
    ExchangeRates rates = new ExchangeRates();
    published
        .groupBy("rate_date", "from_currency", "to_currency")
        .agg(expr("MAX_BY(rate, known_at) AS rate"))
        .selectExpr("UNIX_DATE(rate_date)", "from_currency", "to_currency", "rate")
        .collectAsList()
        .forEach(
            row -> rates.add(row.getInt(0), row.getString(1), row.getString(2), row.getDecimal(3)));
    return rates;
  }

  private void add(int day, String from, String to, BigDecimal rate) {
    byPair.computeIfAbsent(from + to, pair -> new TreeMap<>()).put(day, rate);
    currencies.add(from);
    currencies.add(to);
  }

  /**
   * Returns what one of each currency is worth in one and the same currency; empty where there is
   * no currency that all of them have a rate to.
   */
  Optional<Map<String, BigDecimal>> common(Collection<String> wanted, int day) {
    TreeSet<String> candidates = new TreeSet<>(wanted);
    return find(candidates, wanted, day).or(() -> find(currencies, wanted, day));
  }

  private Optional<Map<String, BigDecimal>> find(
      Collection<String> candidates, Collection<String> wanted, int day) {
    for (String to : candidates) {
      Map<String, BigDecimal> found = new HashMap<>();
      for (String from : wanted) {
        rate(from, to, day).ifPresent(rate -> found.put(from, rate));
      }
      if (found.size() == wanted.size()) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private Optional<BigDecimal> rate(String from, String to, int day) {
    if (from.equals(to)) {
      return Optional.of(BigDecimal.ONE);
    }
    return latest(from + to, day)
        .or(
            () ->
                latest(to + from, day)
                    .map(rate -> BigDecimal.ONE.divide(rate, MathContext.DECIMAL128)));
  }

  private Optional<BigDecimal> latest(String pair, int day) {
    NavigableMap<Integer, BigDecimal> rates = byPair.get(pair);
    return rates == null
        ? Optional.empty()
        : Optional.ofNullable(rates.floorEntry(day)).map(Map.Entry::getValue);
  }
}
