package io.recupero.source;

import java.nio.file.Path;

/**
 * A file that could be taken in.
 *
 * @param table the canonical table, or the mapping's source, that it belongs to
 * @param path where it lies
 */
public record Offered(String table, Path path) {}
