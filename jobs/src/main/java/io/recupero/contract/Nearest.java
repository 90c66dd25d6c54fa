package io.recupero.contract;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what a misspelt name was meant to be. */
final class Nearest {

  private Nearest() {}

  /** Returns the closest of {@code names}, if one is close enough to be what was meant. */
  static Optional<String> to(String name, Collection<String> names) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    int far = Math.max(2, name.length() / 3);
    return names.stream()
        .filter(known -> distance.apply(name, known) <= far)
        .min(Comparator.comparingInt(known -> distance.apply(name, known)));
  }

  /** Returns " Did you mean x?", or nothing where no name is close. */
  static String hint(String name, Collection<String> names) {
    return to(name, names).map(known -> " Did you mean " + known + "?").orElse("");
  }
}
