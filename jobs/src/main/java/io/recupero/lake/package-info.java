/**
 * The only package that knows Delta: tables by name, the lock of a run, and releases.
 *
 * <p>A table name is {@code layer.name} ({@code silver.invoices}) or a bare name ({@code
 * quarantine}); it lies in {@code LAKE/<layer>/<name>}.
 */
package io.recupero.lake;
