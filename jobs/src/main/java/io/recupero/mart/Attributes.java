package io.recupero.mart;

import java.util.HashMap;
import java.util.Map;

/**
 * The attributes of customers that figures are grouped by. Within one walk those that are equal are
 * one object with one number.
 */
final class Attributes {

  private final Values values;
  final int number;

  private Attributes(Values values, int number) {
    this.values = values;
    this.number = number;
  }

  String segment() {
    return values.segment;
  }

  String country() {
    return values.country;
  }

  String region() {
    return values.region;
  }

  String industry() {
    return values.industry;
  }

  String companySize() {
    return values.companySize;
  }

  private record Values(
      String segment, String country, String region, String industry, String companySize) {}

  /** All that a walk has met. */
  static final class Known {

    private final Map<Values, Attributes> known = new HashMap<>();

    /** What is said of a customer of whom nothing is known. */
    final Attributes nothing = of(null, null, null, null, null);

    Attributes of(
        String segment, String country, String region, String industry, String companySize) {
      return known.computeIfAbsent(
          new Values(segment, country, region, industry, companySize),
          values -> new Attributes(values, known.size()));
    }
  }
}
