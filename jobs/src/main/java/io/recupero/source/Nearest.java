package io.recupero.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that was probably meant. */
final class Nearest {

  private Nearest() {}

  /** Returns the closest known name, when it is close at all. */
  static Optional<String> to(String name, Collection<String> known) {
    int limit = Math.max(1, name.length() / 3);
    LevenshteinDistance distance = new LevenshteinDistance(limit);
    String wanted = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> distance.apply(wanted, k.toLowerCase(Locale.ROOT)) >= 0)
        .min(
            Comparator.comparing((String k) -> distance.apply(wanted, k.toLowerCase(Locale.ROOT)))
                .thenComparing(k -> k));
  }

  /** Returns " Did you mean x?", or nothing. */
  static String question(String name, Collection<String> known) {
    return to(name, known).map(k -> " Did you mean " + k + "?").orElse("");
  }
}
