package io.recupero.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.View;
import scala.Product;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets SQL from outside read, and nothing else: tables and functions are those allowed, and every
 * kind of step is one that reads.
 *
 * <p>A parsed statement is looked at before Spark resolves it, since resolving reads files ({@code
 * text.`/etc/passwd`}) and evaluates constants; an analyzed one after, when what names mean is
 * known. All lists are of what is allowed, so that a new kind of step of Spark opens no door.
 */
public final class SqlGate {

  private static final Set<String> STEPS =
      Set.of(
          "Aggregate",
          "Distinct",
          "Except",
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
          "UnresolvedInlineTable",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "Unpivot",
          "WithWindowDefinition");

  /** Expressions that have no meaning yet; the others that the parser makes are plain operators. */
  private static final Set<String> UNRESOLVED =
      Set.of(
          "MultiAlias",
          "UnresolvedAlias",
          "UnresolvedAttribute",
          "UnresolvedExtractValue",
          "UnresolvedFunction",
          "UnresolvedGenerator",
          "UnresolvedOrdinal",
          "UnresolvedStar",
          "UnresolvedStarExceptOrReplace");

  private static final String OPERATORS = "org.apache.spark.sql.catalyst.expressions";

  /** What rows may come from once names are resolved, beside the views that are allowed. */
  private static final Set<String> SOURCES =
      Set.of("CTERelationRef", "LocalRelation", "OneRowRelation", "Range", "UnionLoopRef");

  private final Predicate<String> tables;
  private final Set<String> functions;

  /**
   * Takes what is allowed.
   *
   * @param tables whether a table may be read, by its name in lower case with dots between its
   *     parts
   * @param functions names in lower case beside those of {@link AllowedFunctions}
   */
  public SqlGate(Predicate<String> tables, Set<String> functions) {
    this.tables = tables;
    this.functions = Set.copyOf(functions);
  }

  /**
   * Checks a statement that Spark has parsed and not looked at any further.
   *
   * @throws RefusedSqlException where it may do more than read what is allowed
   */
  public void parsed(LogicalPlan statement) {
    new Parsed(Set.of()).look(statement);
  }

  /**
   * Checks a query whose names are resolved: its rows come from allowed views, whatever those read
   * in turn.
   *
   * @throws RefusedSqlException where they come from elsewhere too, or a function is not allowed
   */
  public void analyzed(LogicalPlan plan) {
    if (plan instanceof View view) {
      table(named(view.desc()));
      return;
    }
    if (plan instanceof Command || (plan.children().isEmpty() && !SOURCES.contains(kind(plan)))) {
      throw refused(kind(plan));
    }
    CollectionConverters.asJava(plan.expressions()).forEach(this::analyzed);
    CollectionConverters.asJava(plan.children()).forEach(this::analyzed);
  }

  private void analyzed(Expression expression) {
    if (AllowedFunctions.refuses(expression)) {
      throw unknown(expression.prettyName());
    }
    if (expression instanceof PlanExpression<?> nested) {
      analyzed((LogicalPlan) nested.plan());
    }
    CollectionConverters.asJava(expression.children()).forEach(this::analyzed);
  }

  private static String named(CatalogTable view) {
    var name = view.identifier();
    return (name.database().isDefined() ? name.database().get() + "." : "") + name.table();
  }

  /** Throws where a table of that name may not be read. */
  public void table(String name) {
    if (!tables.test(name.toLowerCase(Locale.ROOT))) {
      throw new RefusedSqlException(
          "Cannot read "
              + name
              + ": it is none of the tables that this SQL may read. Files and paths never are.");
    }
  }

  private void function(List<String> name) {
    String whole = String.join(".", name);
    if (!AllowedFunctions.has(whole) && !functions.contains(whole.toLowerCase(Locale.ROOT))) {
      throw unknown(whole);
    }
  }

  private static RefusedSqlException unknown(String function) {
    return new RefusedSqlException(
        "Cannot call the function " + function + ": it is none of those that SQL may call here.");
  }

  private static RefusedSqlException refused(String kind) {
    return new RefusedSqlException(
        "Cannot run this statement: it may only read (SELECT), and %s does something else."
            .formatted(kind));
  }

  private static String kind(Object step) {
    return step.getClass().getSimpleName().replace("$", "");
  }

  /**
   * A walk over all that the parser made, wherever it keeps it: what WITH and WINDOW name is no
   * child of the plan.
   *
   * @param named the names that WITH gives, which are tables for this statement
   */
  private final class Parsed {

    private final Set<String> named;

    Parsed(Set<String> named) {
      this.named = named;
    }

    void look(Object part) {
      if (part instanceof LogicalPlan step) {
        step(step);
      } else if (part instanceof Expression expression) {
        expression(expression);
      }
      Parsed inner = part instanceof UnresolvedWith with ? within(with) : this;
      if (part instanceof Iterable<?> many) {
        CollectionConverters.asJava(many).forEach(inner::look);
      } else if (part instanceof Product product) {
        CollectionConverters.asJava(product.productIterator()).forEachRemaining(inner::look);
      }
    }

    private Parsed within(UnresolvedWith with) {
      Set<String> all = new java.util.HashSet<>(named);
      CollectionConverters.asJava(with.cteRelations())
          .forEach(it -> all.add(it._1().toLowerCase(Locale.ROOT)));
      return new Parsed(all);
    }

    private void step(LogicalPlan step) {
      if (!STEPS.contains(kind(step))) {
        throw refused(kind(step));
      }
      if (step instanceof UnresolvedRelation relation) {
        relation(relation);
      } else if (step instanceof UnresolvedTableValuedFunction call) {
        function(CollectionConverters.asJava(call.name()));
      }
    }

    private void relation(UnresolvedRelation relation) {
      String name = String.join(".", CollectionConverters.asJava(relation.multipartIdentifier()));
      if (relation.isStreaming() || !relation.options().isEmpty()) {
        throw refused("reading " + name + " as a stream or with options");
      }
      if (!named.contains(name.toLowerCase(Locale.ROOT))) {
        table(name);
      }
    }

    private void expression(Expression expression) {
      String kind = kind(expression);
      boolean isOperator = expression.getClass().getPackageName().startsWith(OPERATORS);
      if (!isOperator && !UNRESOLVED.contains(kind)) {
        throw refused(kind);
      }
      if (expression instanceof UnresolvedFunction call) {
        function(CollectionConverters.asJava(call.nameParts()));
      } else if (expression instanceof UnresolvedGenerator call) {
        function(List.of(call.name().unquotedString()));
      }
    }
  }
}
