package io.recupero.mart;

import java.io.Serializable;
import java.time.ZoneId;

/**
 * What all customers of a walk share.
 *
 * @param horizon the last day that is written down, since 1970
 * @param lastHorizon the same of the last time; of no matter where all is written down whole
 * @param zone the creditor's time zone
 */
record Walked(int horizon, int lastHorizon, ZoneId zone, Lookups lookups) implements Serializable {}
