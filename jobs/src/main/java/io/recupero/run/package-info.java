/**
 * The composition of a run: intake, judging, jobs and release, in this order.
 *
 * <p>This is the only place where all other packages meet. The clock is read by whoever calls it.
 */
package io.recupero.run;
