package io.recupero.plan;

/**
 * Why a job must run.
 *
 * @param kind what happened
 * @param name the table or setting that it happened to; empty for a first run
 * @param before its version or value at the last run; empty where it had none
 * @param after its version or value now; empty where it is not known before the run or gone
 */
public record Reason(Kind kind, String name, String before, String after) {

  /** What makes a job run; users read the texts {@code reason.<kind>} of the messages. */
  public enum Kind {
    /** It has never run in this lake. */
    FIRST_RUN,
    /** A table that it reads has another version. */
    INPUT_MOVED,
    /** A job that writes one of its inputs runs too. */
    INPUT_WILL_MOVE,
    /** A setting, rule, card or contract has another value. */
    SETTING_CHANGED,
    /** A table that it writes is missing. */
    OUTPUT_MISSING,
    /** Everything was asked to run. */
    FORCED
  }
}
