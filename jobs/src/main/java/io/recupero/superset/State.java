package io.recupero.superset;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the last {@code up} did.
 *
 * @param lake the lake's folder
 * @param serving the file that the figures are read through
 * @param port where the server listens
 * @param engine what answers the queries
 * @param imported the hash of what was brought in: dashboards and programs; empty where that did
 *     not end well
 * @param granted the hash of the access file that users and rules were made by
 * @param served the hash of what the running server was started with
 */
record State(
    String lake,
    String serving,
    int port,
    String engine,
    String imported,
    String granted,
    String served) {

  /** Tells whether nothing is missing, as it is where another version has written it. */
  boolean whole() {
    return Stream.of(lake, serving, engine, imported, granted, served).allMatch(Objects::nonNull);
  }
}
