package io.recupero.compliance;

import java.io.Serializable;

/** What a rule restricts. A new kind of restriction is a new class here and a key of the reader. */
sealed interface Restriction extends Serializable permits Hours, Frequency {

  /** Whether a contact kept it. */
  enum Answer {
    KEPT,
    BROKEN,
    /** It hangs on the holidays of that country and year, which are not known. */
    HOLIDAYS_UNKNOWN
  }

  /** Judges a contact that the rule is for. */
  Answer answer(Moment moment);
}
