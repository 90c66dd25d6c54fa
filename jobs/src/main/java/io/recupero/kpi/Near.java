package io.recupero.kpi;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The name somebody most likely meant. */
final class Near {

  private Near() {}

  /** Returns the nearest of {@code names}, if it is near enough to have been meant. */
  static Optional<String> to(String name, Collection<String> names) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return names.stream()
        .min(Comparator.comparing((String n) -> distance.apply(name, n)).thenComparing(n -> n))
        .filter(near -> distance.apply(name, near) <= Math.max(2, name.length() / 3));
  }

  /** Returns the question to ask, ending in a space, or nothing if no name is near. */
  static String question(String name, Collection<String> names) {
    return to(name, names).map(near -> "Did you mean " + near + "? ").orElse("");
  }
}
