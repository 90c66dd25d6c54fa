package io.recupero.publish;

import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.kpi.MartReader;
import io.recupero.lake.Release;
import io.recupero.lake.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/** Makes what the serving file holds, over one connection. */
final class ServingSchema {

  /** What readers may see of a release, beside gold: none of it holds names or tax numbers. */
  static final List<String> BESIDE_GOLD =
      List.of("ledger.events", "silver.invoices", "silver.customer_attributes");

  /** Columns that their tables are served without: names of people, and what a record held. */
  static final Map<String, String> UNSERVED =
      Map.of("gold.agent_scorecard", "name", "gold.findings", "value");

  /** Read while the file is made, not by its readers: it holds records as they arrived. */
  static final String QUARANTINE = "quarantine";

  private final Connection duck;
  private final Contracts contracts;
  private final Map<String, TableFiles> tables = new TreeMap<>();

  ServingSchema(Connection duck, Contracts contracts) {
    this.duck = duck;
    this.contracts = contracts;
  }

  /** Makes the functions that formulas of cards call. */
  void functions() throws SQLException {
    // Beside Spark, which has its own; what needs more goes through files beside the draft.
    execute("SET memory_limit = '512MB'");
    try (InputStream file = ServingSchema.class.getResourceAsStream("functions.sql")) {
      execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read functions.sql of the class path", e);
    }
  }

  /** Makes the views of the release's tables. */
  void tables(List<TableFiles> released) throws SQLException {
    released.forEach(table -> tables.put(table.name(), table));
    for (String schema : List.of("gold", "ledger", "silver", "meta", Stored.SCHEMA, "es", "en")) {
      execute("CREATE SCHEMA " + schema);
    }
    for (TableFiles table : released) {
      if (table.name().startsWith("gold.")) {
        view(table.name(), table.schema(), table.files());
      }
    }
    for (String name : BESIDE_GOLD) {
      TableFiles table = tables.get(name);
      view(name, table == null ? schema(name) : table.schema(), files(table));
    }
    // A table of an input that never came is empty; charts over it then are, too.
    for (var contract : contracts.all()) {
      if (contract.id().startsWith("gold.") && !tables.containsKey(contract.id())) {
        view(contract.id(), contract.schema(), List.of());
      }
    }
    TableFiles refused = tables.get(QUARANTINE);
    execute(
        "CREATE TABLE meta.refused AS SELECT \"table\" AS table_name, reasons, reasons_es, reasons_en, file, "
            + "arrived_at, COUNT(*) AS records FROM ("
            + rows(refused == null ? schema(QUARANTINE) : refused.schema(), files(refused))
            + ") GROUP BY ALL");
  }

  private static List<Path> files(TableFiles table) {
    return table == null ? List.of() : table.files();
  }

  private StructType schema(String name) {
    if (name.startsWith("silver.") && !name.equals("silver.customer_attributes")) {
      return contracts.silver(name.substring("silver.".length()));
    }
    return contracts.contract(name).schema();
  }

  private void view(String name, StructType schema, List<Path> files) throws SQLException {
    boolean hides = UNSERVED.containsKey(name);
    String view =
        "CREATE VIEW "
            + name
            + " AS "
            + (hides ? "SELECT * EXCLUDE (" + UNSERVED.get(name) + ") FROM (" : "");
    String end = hides ? ")" : "";
    try {
      execute(view + rows(schema, files) + end);
    } catch (SQLException e) {
      // A column came later than some of the files: older rows have it empty.
      execute(
          view
              + "SELECT * FROM ("
              + rows(schema, List.of())
              + ") UNION ALL BY NAME SELECT * FROM read_parquet("
              + SqlText.list(files)
              + ", union_by_name = true)"
              + end);
    }
  }

  private static String rows(StructType schema, List<Path> files) {
    if (files.isEmpty()) {
      return Arrays.stream(schema.fields())
          .map(it -> "CAST(NULL AS %s) AS \"%s\"".formatted(DuckTypes.of(it.dataType()), it.name()))
          .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    }
    return Arrays.stream(schema.fieldNames())
        .map(name -> '"' + name + '"')
        .collect(
            Collectors.joining(", ", "SELECT ", " FROM read_parquet(" + SqlText.list(files) + ")"));
  }

  /**
   * Says which release this is, what the file was made by, and which inputs were ever delivered.
   */
  void release(Release release, String madeBy, Collection<String> needs) throws SQLException {
    execute(
        "CREATE TABLE meta.release AS SELECT %d AS number, %s AS run_id, DATE '%s' AS as_of, TIMESTAMPTZ '%s' AS known_at, %s AS made_by"
            .formatted(
                release.number(),
                SqlText.literal(release.runId()),
                release.asOf(),
                release.knownAt(),
                SqlText.literal(madeBy)));
    execute(
        "CREATE TABLE meta.given AS SELECT "
            + needs.stream()
                .sorted()
                .map(
                    input ->
                        (tables.containsKey("silver." + input) ? "1" : "0")
                            + " AS "
                            + CardMetric.has(input))
                .collect(Collectors.joining(", ")));
  }

  /** Makes the table of the dates that can be shown. */
  void closes(LocalDate asOf, Cards cards) throws SQLException {
    Closes closes = new Closes(firstDay().orElse(asOf), asOf, cards);
    execute("CREATE TABLE meta.closes (" + closes.columns() + ")");
    execute("INSERT INTO meta.closes VALUES " + closes.values());
  }

  private java.util.Optional<LocalDate> firstDay() throws SQLException {
    try (Statement statement = duck.createStatement();
        ResultSet row = statement.executeQuery("SELECT MIN(day) FROM " + MartReader.HISTORY)) {
      row.next();
      return java.util.Optional.ofNullable(row.getObject(1, LocalDate.class));
    }
  }

  /** Makes a small table that tables for charts read. */
  void store(Stored stored) throws SQLException {
    execute("CREATE TABLE " + stored.table() + " AS " + stored.sql());
  }

  /** Makes a table for charts, in both languages. */
  void serve(ServedTable table) throws SQLException {
    for (String language : List.of("es", "en")) {
      execute(
          "CREATE VIEW %s.%s AS %s"
              .formatted(language, table.view(language), table.sql().in(language)));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      statement.execute(sql);
    }
  }
}
