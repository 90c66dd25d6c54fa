package io.recupero.report;

import io.recupero.config.NamedCustomers;
import java.time.LocalDate;
import java.util.Locale;

/**
 * What a report is asked for.
 *
 * @param asOf the date of its figures; all of that day counts
 * @param locale the language, and how it writes numbers and dates
 * @param portfolio only this portfolio, where something has one; null for all
 * @param segment only this segment, likewise
 * @param currency only amounts in this currency, likewise
 * @param names which customers are called by name
 */
public record ReportRequest(
    LocalDate asOf,
    Locale locale,
    String portfolio,
    String segment,
    String currency,
    NamedCustomers names) {

  /** Asks for one as the settings' defaults have it: of customers only companies have names. */
  public ReportRequest(
      LocalDate asOf, Locale locale, String portfolio, String segment, String currency) {
    this(asOf, locale, portfolio, segment, currency, NamedCustomers.COMPANIES);
  }

  /** Takes blank slices for none. */
  public ReportRequest {
    portfolio = orNull(portfolio);
    segment = orNull(segment);
    currency = orNull(currency);
  }

  private static String orNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
