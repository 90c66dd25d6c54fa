package io.recupero.run;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

/**
 * What one run is asked to do, beside its settings.
 *
 * @param asOf the date that figures are computed to; all of that day counts
 * @param arrivedAt when the files arrived: what is learned from them is known from then on
 * @param forced the jobs that run, and run whole, even where nothing has moved
 * @param command what the user typed, told to whoever finds the lake held
 */
public record RunRequest(LocalDate asOf, Instant arrivedAt, Set<String> forced, String command) {}
