package io.recupero.report;

/**
 * A headline.
 *
 * @param id the KPI, or the part of one
 * @param name its title
 * @param value its value
 * @param unit what is written after the value, such as days; may be empty
 * @param change value less that of the close before; empty where either is missing
 * @param changeUnit what is written after the change
 * @param verdict whether that is good
 * @param note the target, or why there is no value; may be empty
 */
record Tile(
    String id,
    String name,
    Cell value,
    String unit,
    Cell change,
    String changeUnit,
    Verdict verdict,
    String note) {

  /** What a change means. */
  enum Verdict {
    BETTER,
    WORSE,
    SAME,
    /** No change is known, or neither way is better. */
    NONE;

    /** Returns what is looked up in the texts. */
    String key() {
      return "report.verdict." + name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
