package io.recupero.lake;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;

/**
 * What one version of a table is made of, for readers that know nothing of Delta.
 *
 * @param name the table, such as {@code gold.balance_daily}
 * @param schema its columns
 * @param files its data files, which are plain Parquet; none where it has no rows
 */
public record TableFiles(String name, StructType schema, List<Path> files) {

  /** Copies the list. */
  public TableFiles {
    files = List.copyOf(files);
  }

  /** Returns whether the tables of a lake lie in a file system of this machine. */
  public static boolean areLocal(Path lake) {
    String location = TablesPlace.of(lake.toAbsolutePath().normalize());
    return location.startsWith("/") || location.startsWith("file:");
  }

  /** Returns the folder that all tables of a lake on this machine lie in. */
  public static Path folder(Path lake) {
    return local(TablesPlace.of(lake.toAbsolutePath().normalize()));
  }

  /**
   * Returns the tables of a release, in the order of their names; needs no Spark session.
   *
   * @throws IllegalStateException where a table is not one that Recupero wrote
   */
  public static List<TableFiles> of(Path lake, Release release) {
    String tables = TablesPlace.of(lake.toAbsolutePath().normalize());
    Configuration hadoop = new Configuration();
    return release.tables().entrySet().parallelStream()
        .map(table -> of(tables, table.getKey(), table.getValue(), hadoop))
        .toList();
  }

  private static TableFiles of(String tables, String name, long version, Configuration hadoop) {
    var location = new org.apache.hadoop.fs.Path(TableName.location(tables, name));
    VersionFiles files = VersionFiles.of(location, version, hadoop);
    return new TableFiles(
        name,
        files.dataSchema(),
        Arrays.stream(files.inputFiles()).map(TableFiles::local).toList());
  }

  private static Path local(String location) {
    return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
  }
}
