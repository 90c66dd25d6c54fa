package io.recupero.watch;

import io.recupero.contract.Contracts;
import io.recupero.kpi.MartReader;
import io.recupero.lake.Lake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables as a run has left them, before they are a release. */
final class RunTables implements MartReader {

  private static final String SILVER = "silver.";

  private final Lake lake;
  private final Map<String, Long> versions;

  RunTables(Lake lake, Map<String, Long> versions) {
    this.lake = lake;
    this.versions = versions;
  }

  /** Returns a table; nothing where none has ever been written. */
  Optional<Dataset<Row>> find(String table) {
    return Optional.ofNullable(versions.get(table)).map(version -> lake.read(table, version));
  }

  /** A table that nobody delivered has no rows. */
  @Override
  public Dataset<Row> read(String table) {
    return find(table).orElseGet(() -> empty(table));
  }

  @Override
  public boolean has(String input) {
    return versions.containsKey(SILVER + input);
  }

  private Dataset<Row> empty(String table) {
    Contracts contracts = Contracts.load();
    return lake.spark()
        .createDataFrame(
            List.of(),
            table.startsWith(SILVER)
                ? contracts.silver(table.substring(SILVER.length()))
                : contracts.contract(table).schema());
  }
}
