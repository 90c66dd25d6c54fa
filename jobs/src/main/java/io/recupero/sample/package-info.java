/**
 * The project's own data: a made-up Latin American creditor, the same for the same seed, of any
 * size. Start at {@link io.recupero.sample.Generator}.
 */
package io.recupero.sample;
