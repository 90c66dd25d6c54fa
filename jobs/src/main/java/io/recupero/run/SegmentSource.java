package io.recupero.run;

import io.recupero.config.Settings;
import io.recupero.config.Settings.Segments;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import java.util.Map;
import java.util.Optional;

/**
 * Where segments come from in the end: {@code segments: given} is for a customers file that says
 * them, and without one the rules decide. A column that is empty in every record says nothing.
 */
final class SegmentSource {

  private static final String CUSTOMERS = "silver.customers";

  private SegmentSource() {}

  /** Returns the settings as the last release used them; before the first, as they are. */
  static Settings lastUsed(Settings settings, Optional<Release> release) {
    boolean rules = release.isPresent() && !given(release);
    return rules ? settings.with(Segments.RULES) : settings;
  }

  /** Returns the settings that ask the most: with rules, unless it is known that none are used. */
  static Settings mayBeUsed(Settings settings, Optional<Release> release) {
    return given(release) ? settings : settings.with(Segments.RULES);
  }

  /** Returns the settings with what the customers on record say. */
  static Settings used(
      Settings settings, Optional<Release> before, Lake lake, Map<String, Long> versions) {
    // Silver only grows: what once said segments always does.
    if (settings.segments() == Segments.RULES || given(before)) {
      return settings;
    }
    Long version = versions.get(CUSTOMERS);
    boolean says =
        version != null && !lake.read(CUSTOMERS, version).where("segment IS NOT NULL").isEmpty();
    return says ? settings : settings.with(Segments.RULES);
  }

  private static boolean given(Optional<Release> release) {
    return release.filter(it -> "given".equals(it.settings().get("segments"))).isPresent();
  }
}
