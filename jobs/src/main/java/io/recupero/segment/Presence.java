package io.recupero.segment;

import java.io.Serializable;

/** Which of the optional tables a source has: without one, what needs it is null and never 0. */
record Presence(
    boolean payments,
    boolean adjustments,
    boolean contacts,
    boolean promises,
    boolean disputes,
    boolean plans)
    implements Serializable {

  static Presence of(FeatureInputs inputs) {
    return new Presence(
        inputs.payments().isPresent(),
        inputs.adjustments().isPresent(),
        inputs.contacts().isPresent(),
        inputs.promises().isPresent(),
        inputs.disputes().isPresent(),
        inputs.plans().isPresent());
  }
}
