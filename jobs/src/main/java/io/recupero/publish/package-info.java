/**
 * What a release is read through: a DuckDB file of views pinned to the release, with tables made
 * for charts. What a chart can read is generated from contracts and KPI cards, in Spanish and
 * English.
 */
package io.recupero.publish;
