/**
 * What is looked at before a release is published, and what operators are told of a run: checks,
 * alerts, manifests, logs for programs, metrics.
 *
 * <p>Nothing here changes a figure. Times of day are told to operators and decide nothing.
 */
package io.recupero.watch;
