package io.recupero.mart;

import io.recupero.mart.MartWalker.Role;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * What all customers of a walk share.
 *
 * @param horizon the last day that is written down, since 1970
 * @param lastHorizon the same of the last time; of no matter where all is written down whole
 * @param zone the creditor's time zone
 * @param lookupsBefore what was looked up the last time, for customers taken back as they were
 */
record Walked(int horizon, int lastHorizon, ZoneId zone, Lookups lookups, Lookups lookupsBefore)
    implements Serializable {

  Walked(int horizon, int lastHorizon, ZoneId zone, Lookups lookups) {
    this(horizon, lastHorizon, zone, lookups, lookups);
  }

  /** Returns what is looked up of a customer in a role. */
  Lookups lookups(Role role) {
    return role == Role.BEFORE ? lookupsBefore : lookups;
  }
}
