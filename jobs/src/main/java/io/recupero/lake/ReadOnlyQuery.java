package io.recupero.lake;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Names;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * A query over the tables of a release that cannot change anything.
 *
 * <p>Tables are called by their full name ({@code gold.balance_daily}), or by the last part of it
 * where only one table has that.
 */
public final class ReadOnlyQuery {

  /** What a query is made of; whatever else the parser may yield writes, or leaves Spark. */
  private static final Set<String> QUERY_NODES =
      Set.of(
          "Aggregate",
          "CTERelationDef",
          "Deduplicate",
          "Distinct",
          "Except",
          "Expand",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LocalLimit",
          "LocalRelation",
          "Offset",
          "OneRowRelation",
          "Pivot",
          "Project",
          "Sample",
          "Sort",
          "SubqueryAlias",
          "Union",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "Unpivot",
          "Window",
          "WithWindowDefinition");

  private final ReleasedLake lake;
  private final SparkSession spark;
  private final Set<String> withNames = new TreeSet<>();
  private final Set<String> tables = new LinkedHashSet<>();

  /** Takes the lake whose tables may be read, and the session to read them in. */
  public ReadOnlyQuery(ReleasedLake lake, SparkSession spark) {
    this.lake = lake;
    this.spark = spark;
  }

  /**
   * Returns the query's rows, not yet computed.
   *
   * @throws InvalidConfigException where the text is not one query over the release's tables
   */
  public Dataset<Row> rows(String sql) {
    inspect(parse(sql));
    tables.stream().filter(name -> !withNames.contains(name)).forEach(this::view);
    Dataset<Row> rows;
    try {
      rows = spark.sql(sql);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      // The plan that Spark puts behind its message is of no use to whoever wrote the query.
      String why =
          e instanceof AnalysisException analysis ? analysis.getSimpleMessage() : e.getMessage();
      throw new InvalidConfigException("Cannot run the query: " + why);
    }
    refuseReflection(rows);
    return rows;
  }

  private LogicalPlan parse(String sql) {
    try {
      return classic().sessionState().sqlParser().parsePlan(sql);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw new InvalidConfigException("Cannot read the query: " + e.getMessage().strip());
    }
  }

  private org.apache.spark.sql.classic.SparkSession classic() {
    return (org.apache.spark.sql.classic.SparkSession) spark;
  }

  private void inspect(LogicalPlan plan) {
    each(
        plan,
        node -> {
          if (!QUERY_NODES.contains(node.nodeName())) {
            throw new InvalidConfigException(
                "Cannot run "
                    + node.nodeName()
                    + ": only a single query (SELECT or WITH) may run here, and it changes"
                    + " nothing. Take the rest away.");
          }
          if (node instanceof UnresolvedRelation relation) {
            tables.add(
                String.join(".", CollectionConverters.asJava(relation.multipartIdentifier())));
          }
          if (node instanceof UnresolvedWith with) {
            CollectionConverters.asJava(with.cteRelations())
                .forEach(
                    relation -> {
                      withNames.add(relation._1());
                      inspect(relation._2());
                    });
          }
        });
  }

  /** Makes the release's version of a table known by the name that the query uses. */
  private void view(String name) {
    List<String> meant =
        lake.tables().stream()
            .filter(table -> table.equals(name) || table.endsWith("." + name))
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
    String[] parts = name.split("\\.");
    if (parts.length == 1) {
      lake.read(meant.get(0)).createOrReplaceTempView(name);
    } else {
      spark.sql("CREATE DATABASE IF NOT EXISTS " + parts[0]);
      spark.sql("CREATE OR REPLACE VIEW " + name + " AS " + lake.select(name));
    }
  }

  private static void refuseReflection(Dataset<Row> rows) {
    LogicalPlan analyzed = rows.queryExecution().analyzed();
    each(
        analyzed,
        node ->
            CollectionConverters.asJava(node.expressions())
                .forEach(
                    expression -> {
                      if (expression.exists(part -> part instanceof CallMethodViaReflection)) {
                        throw new InvalidConfigException(
                            "Cannot call Java in a query: reflect and java_method are not"
                                + " allowed here. Take them away.");
                      }
                    }));
  }

  private static void each(LogicalPlan plan, Consumer<LogicalPlan> visit) {
    plan.foreachWithSubqueries(
        node -> {
          visit.accept((LogicalPlan) node);
          return BoxedUnit.UNIT;
        });
  }

  /** Returns how the session must be set up for dates to come out as those of java.time. */
  public static Map<String, String> conf() {
    return Map.of("spark.sql.datetime.java8API.enabled", "true");
  }
}
