package io.recupero.publish;

import io.recupero.publish.ReadersExtension.Lock;
import io.recupero.sql.RefusedSqlException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParameterContext;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.DescribeRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SetCatalogAndNamespace;
import org.apache.spark.sql.catalyst.plans.logical.ShowFunctions;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.catalyst.plans.logical.ShowViews;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.command.ShowNamespacesCommand;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spark's parser, through which every statement of a connection goes, with a lock.
 *
 * <p>A query is checked as it is written and, resolved, once more; Spark goes on with the plan that
 * was checked. A check rule of Spark's would not do: Spark and Delta run plans of their own in the
 * same session, over the files that no reader may name. Of commands there are those by which
 * drivers and Superset find tables and columns.
 */
final class ReadersParser implements ParserInterface {

  /** What the dashboards' server begins the statements of its own charts with. */
  static final String OWN_MARK = "/* recupero:own */";

  /** Spark's name of the pool whose jobs share the tasks evenly with those of other pools. */
  private static final String POOL = "spark.scheduler.pool";

  private final SparkSession spark;
  private final ParserInterface parser;
  private final Supplier<Optional<Lock>> lock;

  /** Whether this thread resolves a reader's query: what is parsed then is the text of a view. */
  private final ThreadLocal<Boolean> resolving = ThreadLocal.withInitial(() -> false);

  ReadersParser(SparkSession spark, ParserInterface parser, Supplier<Optional<Lock>> lock) {
    this.spark = spark;
    this.parser = parser;
    this.lock = lock;
  }

  @Override
  public LogicalPlan parsePlan(String sql) throws ParseException {
    return checked(sql, parser::parsePlan);
  }

  /** What Spark's {@code sql} calls, mostly without any parameter. */
  @Override
  public LogicalPlan parsePlanWithParameters(String sql, ParameterContext parameters)
      throws ParseException {
    return checked(sql, it -> parser.parsePlanWithParameters(it, parameters));
  }

  private LogicalPlan checked(String sql, Parsing parsing) throws ParseException {
    Optional<Lock> held = resolving.get() ? Optional.empty() : lock.get();
    if (held.isEmpty()) {
      return parsing.plan(sql);
    }
    keepSettings(held.get().settings());
    spark.sparkContext().setLocalProperty(POOL, sql.startsWith(OWN_MARK) ? "own" : "typed");
    LogicalPlan statement = parsing.plan(sql);
    if (isListing(statement, held.get())) {
      return statement;
    }
    held.get().gate().parsed(statement);
    LogicalPlan query = resolved(statement);
    held.get().gate().analyzed(query);
    return query;
  }

  /** One of the ways in which Spark's parser makes a plan of a statement. */
  private interface Parsing {
    LogicalPlan plan(String sql) throws ParseException;
  }

  private LogicalPlan resolved(LogicalPlan statement) {
    var state = ((org.apache.spark.sql.classic.SparkSession) spark).sessionState();
    resolving.set(true);
    try {
      QueryExecution query = state.executePlan(statement, state.executePlan$default$2());
      return query.analyzed();
    } finally {
      resolving.remove();
    }
  }

  /** A connection may be opened with settings of its own, and all share one session. */
  private void keepSettings(Map<String, String> settings) {
    RuntimeConfig now = spark.conf();
    Map<String, String> found = CollectionConverters.asJava(now.getAll());
    if (!found.equals(settings)) {
      found.keySet().stream().filter(it -> !settings.containsKey(it)).forEach(now::unset);
      settings.entrySet().stream()
          .filter(it -> !it.getValue().equals(found.get(it.getKey())))
          .forEach(it -> now.set(it.getKey(), it.getValue()));
    }
  }

  /** Tells whether it is a command that drivers and Superset find schemas, tables, columns by. */
  private static boolean isListing(LogicalPlan statement, Lock lock) {
    if (statement instanceof SetCatalogAndNamespace use) {
      schema(use.child(), lock.schemas());
    } else if (statement instanceof ShowTables show) {
      schema(show.namespace(), lock.schemas());
    } else if (statement instanceof ShowViews show) {
      schema(show.namespace(), lock.schemas());
    } else if (statement instanceof DescribeRelation describe) {
      if (describe.isExtended()
          || !describe.partitionSpec().isEmpty()
          || !(describe.relation() instanceof UnresolvedTableOrView table)) {
        throw new RefusedSqlException("Cannot describe more than the columns of a table.");
      }
      lock.gate().table(dotted(table.multipartIdentifier()));
    } else {
      return statement instanceof ShowNamespacesCommand || statement instanceof ShowFunctions;
    }
    return true;
  }

  private static void schema(LogicalPlan named, Set<String> schemas) {
    if (named instanceof UnresolvedNamespace namespace) {
      String name = dotted(namespace.multipartIdentifier());
      if (!schemas.contains(name.toLowerCase(java.util.Locale.ROOT))) {
        throw new RefusedSqlException("Cannot use the schema " + name + ": it is not served.");
      }
    }
  }

  private static String dotted(Seq<String> name) {
    List<String> parts = CollectionConverters.asJava(name);
    return String.join(".", parts);
  }

  @Override
  public LogicalPlan parseQuery(String sql) throws ParseException {
    return parser.parseQuery(sql);
  }

  @Override
  public Expression parseExpression(String sql) throws ParseException {
    return parser.parseExpression(sql);
  }

  @Override
  public TableIdentifier parseTableIdentifier(String sql) throws ParseException {
    return parser.parseTableIdentifier(sql);
  }

  @Override
  public FunctionIdentifier parseFunctionIdentifier(String sql) throws ParseException {
    return parser.parseFunctionIdentifier(sql);
  }

  @Override
  public Seq<String> parseMultipartIdentifier(String sql) throws ParseException {
    return parser.parseMultipartIdentifier(sql);
  }

  @Override
  public StructType parseRoutineParam(String sql) throws ParseException {
    return parser.parseRoutineParam(sql);
  }

  @Override
  public StructType parseTableSchema(String sql) throws ParseException {
    return parser.parseTableSchema(sql);
  }

  @Override
  public DataType parseDataType(String sql) throws ParseException {
    return parser.parseDataType(sql);
  }
}
