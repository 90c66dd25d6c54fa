package io.recupero.contract;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** The public code lists that columns are from, as the Java platform carries them. */
final class CodeLists {

  static final Set<String> NAMES = Set.of("iso4217", "iso3166", "iana");

  /** In ISO 4217 and not in every Java 17. */
  private static final Map<String, Integer> NEWER =
      Map.of("SLE", 2, "UYW", 4, "VED", 2, "XCG", 2, "ZWG", 2);

  /** Currency codes by their number of decimals: CLP 0, USD 2, CLF 4. */
  private static final Map<Integer, List<String>> CURRENCIES = currencies();

  private CodeLists() {}

  /** Whether {@code code} is in the list of that name. */
  static Column contains(String name, Column code) {
    return code.isin(codes(name).toArray());
  }

  private static List<String> codes(String name) {
    return switch (name) {
      case "iso4217" -> CURRENCIES.values().stream().flatMap(List::stream).toList();
      case "iso3166" -> Arrays.asList(Locale.getISOCountries());
      default -> List.copyOf(ZoneId.getAvailableZoneIds());
    };
  }

  /** How many decimals amounts of a currency can have; null for what is no currency. */
  static Column decimalsOf(Column currency) {
    Column decimals = functions.lit(null).cast("int");
    for (Map.Entry<Integer, List<String>> group : CURRENCIES.entrySet()) {
      decimals =
          functions
              .when(currency.isin(group.getValue().toArray()), group.getKey())
              .otherwise(decimals);
    }
    return decimals;
  }

  private static Map<Integer, List<String>> currencies() {
    Map<String, Integer> decimals = new TreeMap<>(NEWER);
    Currency.getAvailableCurrencies().stream()
        // metals, funds and test codes have no smallest unit: nobody can owe them
        .filter(currency -> currency.getDefaultFractionDigits() >= 0)
        .forEach(it -> decimals.put(it.getCurrencyCode(), it.getDefaultFractionDigits()));
    return decimals.keySet().stream().collect(Collectors.groupingBy(decimals::get));
  }
}
