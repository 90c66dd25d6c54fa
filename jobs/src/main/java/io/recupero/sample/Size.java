package io.recupero.sample;

import java.util.Locale;

/** Company sizes, with how much and how often such a customer buys. */
enum Size {
  PERSON("retail", 1, 110),
  MICRO("sme", 2, 380),
  SMALL("sme", 4, 1_400),
  MEDIUM("mid_market", 6, 5_500),
  LARGE("corporate", 12, 24_000);

  final String segment;

  /** How many invoices, against a person's one. */
  final int weight;

  final double medianDollars;

  Size(String segment, int weight, double medianDollars) {
    this.segment = segment;
    this.weight = weight;
    this.medianDollars = medianDollars;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
