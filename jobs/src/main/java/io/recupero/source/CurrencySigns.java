package io.recupero.source;

import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** How a currency is written beside an amount: its code, and its signs where it is at home. */
final class CurrencySigns {

  /** Places whose people write of other countries' money: US$ in Chile. */
  private static final List<Locale> READERS =
      Stream.of("es", "es-CL", "es-MX", "es-AR", "pt-BR", "en", "en-CA", "fr")
          .map(Locale::forLanguageTag)
          .toList();

  private static final Map<String, List<String>> KNOWN = new ConcurrentHashMap<>();

  private CurrencySigns() {}

  /**
   * Returns an amount without the sign of that currency before or behind it, or as it is.
   *
   * @param currency its ISO 4217 code in any case; what is none is a sign of itself
   */
  static String without(String amount, String currency) {
    for (String sign : of(currency.strip().toUpperCase(Locale.ROOT))) {
      if (amount.regionMatches(true, 0, sign, 0, sign.length())) {
        return amount.substring(sign.length());
      }
      int behind = amount.length() - sign.length();
      if (amount.regionMatches(true, behind, sign, 0, sign.length())) {
        return amount.substring(0, behind);
      }
    }
    return amount;
  }

  private static List<String> of(String currency) {
    return KNOWN.computeIfAbsent(currency, CurrencySigns::find);
  }

  private static List<String> find(String code) {
    Currency currency;
    try {
      currency = Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      return code.isEmpty() || code.matches(".*[0-9].*") ? List.of() : List.of(code);
    }
    Stream<Locale> home =
        Stream.of(Locale.getAvailableLocales()).filter(locale -> isHome(locale, currency));
    return Stream.concat(
            Stream.of(code), Stream.concat(home, READERS.stream()).map(currency::getSymbol))
        .map(sign -> sign.replaceAll("[\\p{Cf}\\p{Z}]", ""))
        .filter(sign -> !sign.isEmpty() && !sign.matches(".*[0-9].*"))
        .flatMap(sign -> Stream.of(sign, sign + "."))
        .distinct()
        .sorted(Comparator.comparing(String::length).reversed().thenComparing(s -> s))
        .toList();
  }

  private static boolean isHome(Locale locale, Currency currency) {
    try {
      return locale.getCountry().length() == 2 && currency.equals(Currency.getInstance(locale));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
