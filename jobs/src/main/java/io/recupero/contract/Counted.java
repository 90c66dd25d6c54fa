package io.recupero.contract;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What judging counts of each input, under names such as {@code invoices.accepted}. Of the records
 * delivered, {@code accepted + quarantined + identical = read}; those that earlier deliveries left
 * in quarantine are counted apart.
 */
public enum Counted {
  /** Records delivered. */
  READ,
  /** Records delivered that went into silver. */
  ACCEPTED,
  /** Records delivered that are kept apart, with the reasons: refused, or waiting. */
  QUARANTINED,
  /** Records delivered that say what an earlier one of their key said. */
  IDENTICAL,
  /** Records among those quarantined that only wait for a record they name. */
  WAITING,
  /** Records of earlier deliveries that are still in quarantine. */
  LEFT,
  /** Records of earlier deliveries that left quarantine for silver. */
  RELEASED;

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

  /** Returns how many records of a delivery were refused: kept apart, and not just waiting. */
  public static long refused(Map<String, Long> counts, String input) {
    return QUARANTINED.in(counts, input) - WAITING.in(counts, input);
  }
}
