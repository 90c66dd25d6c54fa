package io.recupero.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what somebody meant by a name that does not exist. */
public final class Names {

  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Names() {}

  /** Returns the name nearest to the one given; empty where none is near. */
  public static Optional<String> nearest(String name, Collection<String> names) {
    return names.stream()
        .filter(other -> distance(name, other) <= Math.max(2, name.length() / 3))
        .min(
            Comparator.<String>comparingInt(other -> distance(name, other))
                .thenComparing(other -> other));
  }

  /** Returns {@code " Did you mean X?"}, or nothing where no name is near. */
  public static String didYouMean(String name, Collection<String> names) {
    return nearest(name, names).map(other -> " Did you mean " + other + "?").orElse("");
  }

  private static int distance(String name, String other) {
    return DISTANCE.apply(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
  }
}
