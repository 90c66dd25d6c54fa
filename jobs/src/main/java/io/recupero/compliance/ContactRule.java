package io.recupero.compliance;

import io.recupero.contract.Text;
import java.util.Optional;

/**
 * A contact rule of a place: a default that counsel confirms, not legal advice.
 *
 * @param id the name that findings give
 * @param country ISO 3166 alpha-2
 * @param name what it forbids, in a few words
 * @param note what to know before relying on it
 * @param source where it is written
 * @param confidence how sure the reading is
 * @param onlyWith the switch that has to be on for it to hold
 * @param notWith the switch that has to be off for it to hold
 * @param clause what the judge needs of it
 */
record ContactRule(
    String id,
    String country,
    Text name,
    Text note,
    String source,
    Confidence confidence,
    Optional<String> onlyWith,
    Optional<String> notWith,
    Clause clause) {

  /** How sure a reading of the law is. */
  enum Confidence {
    HIGH,
    MEDIUM,
    LOW
  }
}
