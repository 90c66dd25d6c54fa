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
 * @param spark the hash of what the Spark Thrift Server was started with; empty without one
 */
record State(
    String lake,
    String serving,
    int port,
    String engine,
    String imported,
    String granted,
    String served,
    String spark) {

  /** Tells whether nothing is missing, as it is where another version has written it. */
  boolean whole() {
    return Stream.of(lake, serving, engine, imported, granted, served, spark)
        .allMatch(Objects::nonNull);
  }
}
