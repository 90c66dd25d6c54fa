package io.recupero.superset;

import io.recupero.python.Fingerprint;
import io.recupero.superset.SparkServer.SparkProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to bring up.
 *
 * @param lake the lake's folder
 * @param source what answers the queries
 * @param assets the folder of dashboards
 * @param access the file of users and portfolios; without one there is one user of each role
 * @param port where to listen, on this machine alone
 * @param language of a page before anyone has chosen one: es or en
 * @param newPasswordFor the user who lost theirs
 */
public record UpRequest(
    Path lake,
    Source source,
    Path assets,
    Optional<Path> access,
    int port,
    String language,
    Optional<String> newPasswordFor) {

  /**
   * What answers the queries of dashboards.
   *
   * @param engine its name
   * @param serving the serving file of the lake; empty where another engine than DuckDB answers
   * @param spark the Spark Thrift Server to start; empty where there is none, or another one
   */
  public record Source(String engine, String serving, Optional<Spark> spark) {}

  /**
   * The Spark Thrift Server of a home.
   *
   * @param program what runs in it
   * @param port where it listens, on this machine alone
   * @param release the number of the release that it shows
   */
  public record Spark(SparkProgram program, int port, long release) {}

  /** Returns the lists of packages that it needs. */
  List<Path> requirements(Path program) {
    Path all = program.resolve("constraints.txt");
    return source.engine().equals("spark")
        ? List.of(all, program.resolve("spark.txt"))
        : List.of(all);
  }

  /** Returns the hash of what users and rules are made by. */
  String granted() {
    Fingerprint all = new Fingerprint().add("access");
    access.ifPresent(all::add);
    return all.hex();
  }

  /** Returns the hash of what the Spark Thrift Server is started with; empty without one. */
  String sparked() {
    return source
        .spark()
        .map(
            it ->
                new Fingerprint()
                    .add(it.program().toString())
                    .add(lake + " " + it.release() + " " + it.port())
                    .hex())
        .orElse("");
  }
}
