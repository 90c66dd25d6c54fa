package io.recupero.contract;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What judging counts of each input, under names such as {@code invoices.accepted}. */
public enum Counted {
  /** Records that came. */
  READ,
  /** Records that went into silver. */
  ACCEPTED,
  /** Records kept apart, with the reasons. */
  QUARANTINED,
  /** Records that say what an earlier one of their key said. */
  IDENTICAL;

  private final String ending = "." + name().toLowerCase(Locale.ROOT);

  /** Returns the name under which this is counted of an input. */
  public String of(String input) {
    return input + ending;
  }

  /** Returns the input of which a name counts this; empty where it counts something else. */
  public Optional<String> input(String name) {
    return name.endsWith(ending)
        ? Optional.of(name.substring(0, name.length() - ending.length()))
        : Optional.empty();
  }

  /** Returns how many this is of an input; 0 where nothing of it came. */
  public long in(Map<String, Long> counts, String input) {
    return counts.getOrDefault(of(input), 0L);
  }
}
