package io.recupero.compliance;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * A rule as the judge needs it: for whom, where, when, and what it restricts.
 *
 * @param regions plain forms of the regions it is for; empty: the whole country
 * @param persons {@code consumer}, {@code business} or both
 * @param fromDay the first day in force, as days since 1970-01-01
 * @param toDay the last
 * @param consentLifts whether written consent frees a contact from it
 * @param presumed whether breaking it is only presumed to be a violation
 */
record Clause(
    String id,
    String country,
    Set<String> regions,
    Set<String> persons,
    Channels channels,
    long fromDay,
    long toDay,
    boolean consentLifts,
    boolean presumed,
    Restriction restriction)
    implements Serializable {

  boolean inForce(int day) {
    return fromDay <= day && day <= toDay;
  }

  boolean overlaps(Clause other) {
    return fromDay <= other.toDay && other.fromDay <= toDay;
  }

  boolean regional() {
    return !regions.isEmpty();
  }

  /** Whether it is for that region; null: for a region that is not known. */
  boolean isFor(String region) {
    return regions.isEmpty() || region != null && regions.contains(plain(region));
  }

  Restriction.Answer answer(Moment moment) {
    Contact contact = moment.contact();
    if (!channels.cover(contact) || consentLifts && contact.consented()) {
      return Restriction.Answer.KEPT;
    }
    return restriction.answer(moment);
  }

  /** A region's name without accents and capitals: "São Paulo" and "SAO PAULO" are one. */
  static String plain(String region) {
    return Normalizer.normalize(region.strip(), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }
}
