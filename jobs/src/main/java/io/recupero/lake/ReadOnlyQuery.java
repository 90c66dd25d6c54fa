package io.recupero.lake;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Names;
import io.recupero.sql.SqlQuery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A query over the tables of a release that cannot change anything.
 *
 * <p>Tables are called by their full name ({@code gold.balance_daily}), or by the last part of it
 * where only one table has that.
 */
public final class ReadOnlyQuery {

  private final ReleasedLake lake;
  private final SparkSession spark;
  private final Set<String> own;

  /** Takes the lake whose tables may be read, and the session to read them in. */
  public ReadOnlyQuery(ReleasedLake lake, SparkSession spark) {
    this(lake, spark, Set.of());
  }

  /**
   * Takes the lake whose tables may be read, and the session to read them in.
   *
   * @param own functions that the program has made known to the session, in lower case
   */
  public ReadOnlyQuery(ReleasedLake lake, SparkSession spark, Set<String> own) {
    this.lake = lake;
    this.spark = spark;
    this.own = own;
  }

  /**
   * Returns the query's rows, not yet computed.
   *
   * @throws InvalidConfigException where the text is not one query over the release's tables
   */
  public Dataset<Row> rows(String sql) {
    SqlQuery query = parse(sql);
    refuse(query.refusals());
    List<String> views = query.relations().stream().map(this::view).toList();
    Dataset<Row> rows;
    try {
      rows = spark.sql(sql);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      // The plan that Spark puts behind its message is of no use to whoever wrote the query.
      String why =
          e instanceof AnalysisException analysis ? analysis.getSimpleMessage() : e.getMessage();
      throw new InvalidConfigException("Cannot run the query: " + why);
    }
    refuse(SqlQuery.refusals(rows, views));
    return rows;
  }

  private SqlQuery parse(String sql) {
    try {
      return SqlQuery.parse(
          sql, ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().sqlParser(), own);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException("Cannot read the query: " + e.getMessage());
    }
  }

  private static void refuse(List<String> refusals) {
    if (!refusals.isEmpty()) {
      throw new InvalidConfigException("Cannot run the query: " + String.join(" ", refusals));
    }
  }

  /** Makes the release's version of a table known by the name that the query uses; returns it. */
  private String view(List<String> identifier) {
    String name = String.join(".", identifier);
    List<String> meant =
        lake.tables().stream()
            .filter(
                table ->
                    identifier.size() > 1
                        ? List.of(table.split("\\.")).equals(identifier)
                        : table.equals(name) || table.endsWith("." + name))
            .toList();
    if (meant.size() != 1) {
      throw new InvalidConfigException(
          "Cannot find the table "
              + name
              + (meant.size() > 1
                  ? ": it may be any of " + String.join(", ", meant) + ". Give its full name."
                  : ": this release has no such table."
                      + Names.didYouMean(name, lake.tables())
                      + " It has "
                      + String.join(", ", lake.tables())
                      + "."));
    }
    if (identifier.size() == 1) {
      lake.read(meant.get(0)).createOrReplaceTempView(name);
    } else {
      spark.sql("CREATE DATABASE IF NOT EXISTS " + identifier.get(0));
      spark.sql("CREATE OR REPLACE VIEW " + name + " AS " + lake.select(name));
    }
    return name;
  }

  /**
   * Returns how the session must be set up for dates to come out as those of java.time.
   *
   * <p>Delta answers the least and the greatest date of a table from its log, and fails there on
   * dates of java.time.
   */
  public static Map<String, String> conf() {
    return Map.of(
        "spark.sql.datetime.java8API.enabled", "true",
        "spark.databricks.delta.optimizeMetadataQuery.enabled", "false");
  }
}
