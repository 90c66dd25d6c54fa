/**
 * Walking a frame group by group over Spark's internal rows: one shuffle, one sort, no row objects.
 */
package io.recupero.walk;
