package io.recupero.lake;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A lake as one release left it: every table at the version that the release names. */
public final class ReleasedLake {

  private final Lake lake;
  private final Release release;

  private ReleasedLake(Lake lake, Release release) {
    this.lake = lake;
    this.release = release;
  }

  /** Returns the lake as a release left it, whatever has been written since. */
  public static ReleasedLake of(Lake lake, Release release) {
    return new ReleasedLake(lake, release);
  }

  /** Returns the release. */
  public Release release() {
    return release;
  }

  /** Returns the names of its tables. */
  public Set<String> tables() {
    return release.tables().keySet();
  }

  /**
   * Returns the table at the release's version.
   *
   * @throws MissingTableException where the release has no such table
   */
  public Dataset<Row> read(String table) {
    Long version = release.tables().get(table);
    if (version == null) {
      throw new MissingTableException(table, lake.root());
    }
    return lake.read(table, version);
  }
}
