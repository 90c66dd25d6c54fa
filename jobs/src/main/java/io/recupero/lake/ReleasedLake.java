package io.recupero.lake;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

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

  /** Returns the same lake as another release left it. */
  public ReleasedLake at(Release other) {
    return new ReleasedLake(lake, other);
  }

  /** Returns the session that the lake's frames belong to. */
  public SparkSession spark() {
    return lake.spark();
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
    return lake.read(table, version(table));
  }

  /** Returns the SQL query that yields the table at the release's version. */
  public String select(String table) {
    return "SELECT * FROM delta.`" + lake.location(table) + "` VERSION AS OF " + version(table);
  }

  private long version(String table) {
    Long version = release.tables().get(table);
    if (version == null) {
      throw new MissingTableException(table, lake.root());
    }
    return version;
  }
}
