package io.recupero.segment.learned;

/**
 * One direction in which customers differ: a column that they are grouped by.
 *
 * @param name of the column
 * @param feature that it is made of
 * @param kind what of the feature it says
 * @param level of {@link Kind#LEVEL} the word
 * @param scaled SQL: as likeness is measured
 * @param plain SQL: as rules are found: the number, or 1 and 0
 */
record Dimension(
    String name, Feature feature, Kind kind, String level, String scaled, String plain) {

  /** What of a feature a column says. */
  enum Kind {
    /** How much. */
    NUMBER,
    /** Whether it has no value. */
    MISSING,
    /** Whether it is a word. */
    LEVEL,
    /** Whether it is any of the rare words. */
    OTHER
  }

  static Dimension number(int at, Feature.Numeric feature) {
    return new Dimension("d" + at, feature, Kind.NUMBER, null, feature.scaled(), feature.plain());
  }

  static Dimension flag(int at, Feature feature, Kind kind, String level, String condition) {
    return new Dimension(
        "d" + at,
        feature,
        kind,
        level,
        "IF(" + condition + ", " + Feature.IN + ", 0D)",
        "IF(" + condition + ", 1D, 0D)");
  }
}
