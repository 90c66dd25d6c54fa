package io.recupero.run;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What one run is asked to do, beside its settings.
 *
 * @param asOf the date that figures are computed to; all of that day counts
 * @param arrivedAt when the files arrived: what is learned from them is known from then on
 * @param force whether jobs run even where nothing has moved
 * @param command what the user typed, told to whoever finds the lake held
 */
public record RunRequest(LocalDate asOf, Instant arrivedAt, boolean force, String command) {}
