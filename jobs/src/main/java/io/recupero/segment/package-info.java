/**
 * How customers pay, and the groups they fall into: features of a customer at a date, their
 * distribution in a segment, and the rules that make segments.
 *
 * <p>A feature is one line of a {@link io.recupero.segment.FeatureGroup}, one column of the
 * contract {@code gold.customer_features} and one card in schemas/features. Everything is computed
 * from a {@link io.recupero.segment.Snapshot}: what was true of one customer on a day, as far as it
 * was known then; so no feature can see the future by mistake.
 */
package io.recupero.segment;
