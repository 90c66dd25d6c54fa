package io.recupero.compliance;

import java.time.LocalDate;

/**
 * What a customer was from a day on, as far as rules depend on it. Any attribute may be null: then
 * it is not known.
 *
 * @param validFrom the first day, in the creditor's calendar; null: until a dated row begins
 * @param country ISO 3166 alpha-2
 * @param region as the customers file writes it; only rules for a region ask
 * @param personType {@code consumer} or {@code business}
 * @param timezone the IANA name of the debtor's time zone
 */
public record Debtor(
    LocalDate validFrom, String country, String region, String personType, String timezone) {

  /** A customer of whom nothing is known. */
  static final Debtor UNKNOWN = new Debtor(null, null, null, null, null);

  /** Takes blank attributes for missing ones. */
  public Debtor {
    country = text(country);
    region = text(region);
    personType = text(personType);
    timezone = text(timezone);
  }

  private static String text(String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
