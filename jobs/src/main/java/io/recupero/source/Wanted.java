package io.recupero.source;

import java.util.Set;

/**
 * What is known of a file's columns before it is opened, as {@link Canonical#name} writes them.
 *
 * @param used those that are looked for; a header is recognised by them
 * @param needed those without which a record is nothing
 */
record Wanted(Set<String> used, Set<String> needed) {}
