package io.recupero.segment;

import java.util.List;

/**
 * A span of time that ends on the as-of date: so many calendar months, the same day of the earlier
 * month left out.
 *
 * @param months how many, or {@link #EVER}
 */
record Window(int months) {

  static final int EVER = 0;

  static final Window YEAR = new Window(12);
  static final Window ALWAYS = new Window(EVER);

  static final List<Window> ALL = List.of(new Window(3), new Window(6), YEAR, ALWAYS);
  static final List<Window> LONG = List.of(YEAR, ALWAYS);

  /** Returns the ending of the names of its features, such as {@code _12m}. */
  String suffix() {
    return months == EVER ? "_ever" : "_" + months + "m";
  }

  /** Returns a feature's name for each window, in the order of the windows. */
  static String[] names(List<Window> windows, String feature) {
    return windows.stream().map(w -> feature + w.suffix()).toArray(String[]::new);
  }
}
