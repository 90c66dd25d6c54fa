package io.recupero.contract;

import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/** The public code lists that columns are from, as the Java platform carries them. */
final class CodeLists {

  static final Set<String> NAMES = Set.of("iso4217", "iso3166", "iana");

  /** In ISO 4217 and not in every Java 17. */
  private static final Map<String, Integer> NEWER =
      Map.of("SLE", 2, "UYW", 4, "VED", 2, "XCG", 2, "ZWG", 2);

  /** The number of decimals of each currency: CLP 0, USD 2, CLF 4. */
  private static final Map<String, Integer> DECIMALS = decimals();

  private CodeLists() {}

  // The lists are asked as functions: as conditions, their hundreds of codes would be planned, and
  // compiled, over and over for every table.

  /** Returns the code that a text means in the list of that name; null where it means none. */
  static Column code(String name, Column text) {
    UDF1<String, String> code = it -> Forms.BY_LIST.get(name).code(it);
    return udf(code, DataTypes.StringType).apply(text);
  }

  /** Returns which of a column's own values a text means; null where it means none. */
  static Column code(List<String> values, Column text) {
    UDF1<String, String> code =
        it -> Forms.BY_VALUES.computeIfAbsent(values, CodeForms::of).code(it);
    return when(text.isin(values.toArray()), text)
        .otherwise(udf(code, DataTypes.StringType).apply(text));
  }

  /** How many decimals amounts of a currency can have; null for what is no currency. */
  static Column decimalsOf(Column currency) {
    UDF1<String, Integer> decimals = it -> it == null ? null : DECIMALS.get(it);
    return udf(decimals, DataTypes.IntegerType).apply(currency);
  }

  /**
   * Returns an amount's text rounded half up to the decimals of its currency; null where it has no
   * more of them, is no number, or the currency is none.
   */
  static Column rounded(Column text, Column currency) {
    UDF2<String, String, String> rounded =
        (number, code) -> {
          Integer decimals = code == null ? null : DECIMALS.get(code);
          if (number == null || decimals == null || !number.matches(Typed.NUMBER)) {
            return null;
          }
          BigDecimal amount = new BigDecimal(number).stripTrailingZeros();
          return amount.scale() <= decimals
              ? null
              : amount.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
        };
    return udf(rounded, DataTypes.StringType).apply(text, currency);
  }

  /** Whether an amount has more decimals than its currency; null for what is no currency. */
  static Column hasMoreDecimals(Column amount, Column currency) {
    UDF2<BigDecimal, String, Boolean> more =
        (value, code) ->
            value == null || code == null || !DECIMALS.containsKey(code)
                ? null
                : value.stripTrailingZeros().scale() > DECIMALS.get(code);
    return udf(more, DataTypes.BooleanType).apply(amount, currency);
  }

  private static Map<String, Integer> decimals() {
    Map<String, Integer> decimals = new HashMap<>(NEWER);
    Currency.getAvailableCurrencies().stream()
        // metals, funds and test codes have no smallest unit: nobody can owe them
        .filter(currency -> currency.getDefaultFractionDigits() >= 0)
        .forEach(it -> decimals.put(it.getCurrencyCode(), it.getDefaultFractionDigits()));
    return Map.copyOf(decimals);
  }

  /** Made where and when a code is first asked for, once a process. */
  private static final class Forms {

    static final Map<String, CodeForms> BY_LIST =
        Map.of(
            "iso4217", CodeForms.ofCurrencies(DECIMALS.keySet()),
            "iso3166", CodeForms.ofCountries(),
            "iana", CodeForms.of(ZoneId.getAvailableZoneIds()));

    static final Map<List<String>, CodeForms> BY_VALUES = new ConcurrentHashMap<>();
  }
}
