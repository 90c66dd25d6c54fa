package io.recupero.contract;

import java.util.List;

/** Names of the columns beside a record's own: see the text frame that a source hands over. */
final class Lineage {

  static final String BATCH = "_batch";
  static final String FILE = "_file";
  static final String RECORD = "_record";
  static final String ARRIVED = "_arrived_at";
  static final String RAW = "_raw";
  static final String PROBLEM = "_problem";
  static final String KNOWN_AT = "known_at";

  /** Ids of the rules a record broke. */
  static final String REASONS = "_reasons";

  /** Whether an earlier record says exactly the same. */
  static final String IDENTICAL = "_identical";

  /** How many records a row is made of: lines of one receipt are added up. */
  static final String LINES = "_lines";

  /** Whether that earlier record stands in the same file of the same delivery. */
  static final String TWICE_IN_FILE = "_twice_in_file";

  /**
   * Whether the key was said before, or more than once in the batch, so that the current record has
   * to be looked for.
   */
  static final String REPEATED = "_repeated";

  /** When a record came that waited in quarantine; whoever keeps quarantine fills it in. */
  static final String WAITED = "_waited_since";

  /** What is odd in a record and keeps it from nothing: see the contract {@code lineage}. */
  static final String FINDINGS = "_findings";

  /**
   * What reading says of values that may be refused: a line each, of the reason's id, where a
   * mapping makes the value, and an example of how it is written there, with tabs between.
   */
  static final String WRITTEN = "_written";

  /** How amounts with more decimals than their currency are rounded; null for not. */
  static final String ROUNDING = "_rounding";

  /**
   * What is written where a value is unreadable: a line each, of the reason's id, a tab, and it.
   */
  static final String VALUES = "_values";

  static final List<String> OF_A_TEXT =
      List.of(BATCH, FILE, RECORD, ARRIVED, RAW, PROBLEM, FINDINGS, WRITTEN, ROUNDING);

  private Lineage() {}
}
