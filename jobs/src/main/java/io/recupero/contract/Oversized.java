package io.recupero.contract;

/** The limits of one value and of one record, whichever format they come in. */
public final class Oversized {

  /** The rule that a record breaks by a value of more than {@link #LONGEST_VALUE}. */
  public static final String REASON = "oversized_value";

  /** The most bytes of one value. No field of an invoice has them; a damaged file may. */
  public static final int LONGEST_VALUE = 1 << 20;

  /** The most bytes of one record: more would not be held in memory by several tasks at once. */
  public static final int LONGEST_RECORD = 16 << 20;

  /** The most bytes that quarantine keeps of an oversized record. */
  public static final int SHOWN = 1 << 16;

  private Oversized() {}
}
