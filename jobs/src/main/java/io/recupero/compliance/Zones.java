package io.recupero.compliance;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** Time zones by their IANA names. */
final class Zones {

  private static final Set<String> NAMES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private Zones() {}

  /** The zone of that name; empty for none, and for a mere offset, which knows no summer time. */
  static Optional<ZoneId> named(String name) {
    return name != null && NAMES.contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
  }
}
