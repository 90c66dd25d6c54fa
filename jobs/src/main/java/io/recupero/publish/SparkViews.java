package io.recupero.publish;

import io.recupero.contract.Contracts;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.kpi.CurveFunctions;
import io.recupero.kpi.MartReader;
import io.recupero.lake.ReleasedLake;
import io.recupero.mart.AgeingSchemes;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * What the serving file holds, as views of a Spark session: for a Spark Thrift Server, where a lake
 * is too great for one machine or lies in an object store. Names and SQL are the same.
 */
public final class SparkViews {

  /** The schema of the tables in memory; readers see views of them, which tell of no file. */
  private static final String KEPT = "kept";

  private final ReleasedLake lake;
  private final SparkSession spark;
  private final Path folder;
  private final Contracts contracts = Contracts.load();
  private final Set<String> made = new TreeSet<>();

  private SparkViews(ReleasedLake lake, Path folder) {
    this.lake = lake;
    this.spark = lake.spark();
    this.folder = folder;
  }

  /**
   * Makes them in the session of a lake, in place of those of another release.
   *
   * @param folder for the small tables that charts read; what an earlier call put there is replaced
   * @return the names of the views, with their schemas: all that readers need
   */
  public static Set<String> create(ReleasedLake lake, Path folder) {
    SparkViews views = new SparkViews(lake, folder.toAbsolutePath());
    views.all();
    return views.made;
  }

  private void all() {
    CurveFunctions.register(spark);
    for (String schema :
        List.of("gold", "ledger", "silver", "meta", Stored.SCHEMA, KEPT, "es", "en")) {
      spark.sql("CREATE DATABASE IF NOT EXISTS " + schema);
    }
    Set<String> names = new TreeSet<>(ServingSchema.BESIDE_GOLD);
    lake.tables().stream().filter(name -> name.startsWith("gold.")).forEach(names::add);
    contracts.all().stream()
        .map(contract -> contract.id())
        .filter(name -> name.startsWith("gold."))
        .forEach(names::add);
    names.forEach(
        name ->
            view(
                name, served(name, lake.tables().contains(name) ? lake.select(name) : none(name))));
    Cards cards = Cards.load();
    release(cards);
    refused();
    Row first =
        MartReader.of(lake, contracts).read(MartReader.HISTORY).selectExpr("MIN(day)").first();
    LocalDate asOf = lake.release().asOf();
    Closes closes =
        new Closes(
            first.isNullAt(0) ? asOf : LocalDate.parse(first.get(0).toString()), asOf, cards);
    view(
        "meta.closes",
        "SELECT * FROM VALUES " + closes.values() + " AS t (" + closes.names() + ")");
    ServedTables served =
        ServedTables.load(contracts, cards, Labels.load(AgeingSchemes.load().on(asOf)));
    for (Stored stored : served.stored()) {
      store(stored);
    }
    for (ServedTable table : served.all()) {
      for (String language : Set.of("es", "en")) {
        view(language + "." + table.view(language), netted(table, table.sql().in(language)));
      }
    }
  }

  /**
   * Spark's curves take exits, of which there is no negative number: where a table reads deltas,
   * they are added up first. DuckDB's add up themselves.
   */
  private static String netted(ServedTable table, String sql) {
    if (table.column("days").isEmpty() || !sql.contains(" gold.")) {
      return sql;
    }
    List<String> columns = new ArrayList<>();
    for (ServedColumn column : table.columns()) {
      String name = column.name();
      columns.add(MartTables.isPart(column) ? "SUM(%s) AS %s".formatted(name, name) : name);
    }
    return "SELECT " + String.join(", ", columns) + " FROM (" + sql + ") GROUP BY ALL";
  }

  private void release(Cards cards) {
    view(
        "meta.release",
        "SELECT %d AS number, '%s' AS run_id, DATE '%s' AS as_of, TIMESTAMP '%s' AS known_at"
            .formatted(
                lake.release().number(),
                lake.release().runId(),
                lake.release().asOf(),
                lake.release().knownAt()));
    StringBuilder given = new StringBuilder("SELECT ");
    Set<String> needs = new TreeSet<>();
    cards.all().stream().map(Card::inputs).forEach(needs::addAll);
    needs.forEach(
        input ->
            given
                .append(given.length() > "SELECT ".length() ? ", " : "")
                .append(lake.tables().contains("silver." + input) ? 1 : 0)
                .append(" AS ")
                .append(CardMetric.has(input)));
    view("meta.given", given.toString());
  }

  private void refused() {
    String rows =
        lake.tables().contains(ServingSchema.QUARANTINE)
            ? lake.select(ServingSchema.QUARANTINE)
            : none(ServingSchema.QUARANTINE);
    view(
        "meta.refused",
        "SELECT `table` AS table_name, reasons, reasons_es, reasons_en, file, arrived_at,"
            + " COUNT(*) AS records FROM ("
            + rows
            + ") GROUP BY ALL");
  }

  private static String served(String name, String sql) {
    return ServingSchema.UNSERVED.containsKey(name)
        ? "SELECT * EXCEPT (" + ServingSchema.UNSERVED.get(name) + ") FROM (" + sql + ")"
        : sql;
  }

  /** A table of what was never delivered has its columns and no rows. */
  private String none(String name) {
    StringBuilder sql = new StringBuilder("SELECT ");
    var schema =
        name.startsWith("silver.") && !name.equals("silver.customer_attributes")
            ? contracts.silver(name.substring("silver.".length()))
            : contracts.contract(name).schema();
    for (var field : schema.fields()) {
      sql.append(sql.length() > "SELECT ".length() ? ", " : "")
          .append("CAST(NULL AS %s) AS `%s`".formatted(field.dataType().sql(), field.name()));
    }
    return sql.append(" WHERE false").toString();
  }

  /** Charts ask for the same rows again and again: they are kept in memory. */
  private void store(Stored stored) {
    Path files = folder.resolve(stored.name());
    String table = KEPT + "." + stored.name();
    spark.sql("DROP TABLE IF EXISTS " + table);
    spark.sql(stored.sql()).coalesce(1).write().mode(SaveMode.Overwrite).parquet(files.toString());
    spark.sql("CREATE TABLE %s USING parquet LOCATION '%s'".formatted(table, files.toUri()));
    spark.catalog().cacheTable(table);
    view(stored.table(), "SELECT * FROM " + table);
  }

  private void view(String name, String sql) {
    spark.sql("CREATE OR REPLACE VIEW " + name + " AS " + sql);
    made.add(name);
  }
}
