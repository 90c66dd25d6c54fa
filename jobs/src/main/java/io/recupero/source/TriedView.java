package io.recupero.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.ConcatWs;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A view whose expressions may fail on a record without stopping the run: the record then has a
 * text in {@link #FAILED}, which names the view, its line and the error.
 *
 * <p>Only what is computed record by record is tried: the columns and conditions of selections, of
 * selections of these, of the parts of a union and of the left side of a left join. Beneath a sum
 * or an inner join an error stays one, because the record would be missing there without a trace.
 */
final class TriedView {

  /** The column of the errors; null where nothing failed. */
  static final String FAILED = "_failed";

  private TriedView() {}

  /** Returns the rows of a view, with {@link #FAILED} where any of its expressions can fail. */
  static Dataset<Row> of(Dataset<Row> view) {
    var rows = (org.apache.spark.sql.classic.Dataset<Row>) view;
    LogicalPlan plan = rows.queryExecution().analyzed();
    LogicalPlan tried = tried(plan);
    return tried == plan
        ? view
        : Dataset$.MODULE$.ofRows((SparkSession) view.sparkSession(), tried);
  }

  private static LogicalPlan tried(LogicalPlan plan) {
    if (plan instanceof Project project) {
      return project(project, tried(project.child()));
    }
    if (plan instanceof Filter filter) {
      return filter(filter, tried(filter.child()));
    }
    if (plan instanceof View view) {
      // Where nothing fails it stays, since its columns may have ids of their own.
      LogicalPlan child = tried(view.child());
      return child == view.child() || !sameIds(view) ? view : child;
    }
    if (plan instanceof SubqueryAlias alias) {
      LogicalPlan child = tried(alias.child());
      return child == alias.child() ? alias : new SubqueryAlias(alias.identifier(), child);
    }
    if (plan instanceof Join join && join.joinType() == LeftOuter$.MODULE$) {
      LogicalPlan left = tried(join.left());
      return left == join.left()
          ? join
          : new Join(left, join.right(), join.joinType(), join.condition(), join.hint());
    }
    return plan instanceof Union union ? union(union) : plan;
  }

  private static boolean sameIds(View view) {
    List<ExprId> own = list(view.output()).stream().map(Attribute::exprId).toList();
    return own.equals(list(view.child().output()).stream().map(Attribute::exprId).toList());
  }

  private static LogicalPlan project(Project project, LogicalPlan child) {
    List<NamedExpression> attempts = new ArrayList<>();
    List<NamedExpression> values = new ArrayList<>();
    List<Expression> errors = new ArrayList<>();
    for (NamedExpression column : list(project.projectList())) {
      if (column instanceof Alias alias && canBeTried(alias.child())) {
        Alias attempt = named(Attempt.of(alias.child()), alias.name());
        attempts.add(attempt);
        values.add(
            new Alias(
                field(attempt, 0),
                alias.name(),
                alias.exprId(),
                alias.qualifier(),
                alias.explicitMetadata(),
                alias.nonInheritableMetadataKeys()));
        errors.add(error(attempt, alias.child()));
      } else {
        attempts.add(column);
        values.add(column.toAttribute());
      }
    }
    if (errors.isEmpty() && child == project.child()) {
      return project;
    }
    below(child).forEach(attempts::add);
    below(child).forEach(errors::add);
    values.add(named(joined(errors), FAILED));
    return new Project(seq(values), new Project(seq(attempts), child));
  }

  /** Keeps the records for which the condition fails: whether they belong is not known. */
  private static LogicalPlan filter(Filter filter, LogicalPlan child) {
    if (!canBeTried(filter.condition())) {
      return child == filter.child() ? filter : new Filter(filter.condition(), child);
    }
    List<NamedExpression> columns = new ArrayList<>(list(filter.child().output()));
    Alias attempt = named(Attempt.of(filter.condition()), "_condition");
    List<NamedExpression> inner = new ArrayList<>(columns);
    inner.add(attempt);
    inner.addAll(below(child));
    Expression holds = new Coalesce(seq(List.<Expression>of(field(attempt, 0), literal(false))));
    Filter kept =
        new Filter(new Or(holds, new IsNotNull(field(attempt, 1))), new Project(seq(inner), child));
    List<Expression> errors = new ArrayList<>(below(child));
    errors.add(error(attempt, filter.condition()));
    columns.add(named(joined(errors), FAILED));
    return new Project(seq(columns), kept);
  }

  private static LogicalPlan union(Union union) {
    List<LogicalPlan> parts = new ArrayList<>();
    boolean changed = false;
    for (LogicalPlan part : list(union.children())) {
      LogicalPlan tried = tried(part);
      changed |= tried != part;
      parts.add(tried);
    }
    if (!changed) {
      return union;
    }
    parts.replaceAll(
        part -> {
          List<NamedExpression> columns = new ArrayList<>(list(part.output()));
          List<Attribute> failed = below(part);
          columns.removeAll(failed);
          columns.add(named(failed.isEmpty() ? nothing() : failed.get(0), FAILED));
          return new Project(seq(columns), part);
        });
    return new Union(seq(parts), union.byName(), union.allowMissingCol());
  }

  private static boolean canBeTried(Expression expression) {
    return Attempt.canFail(expression) && !SubqueryExpression.hasSubquery(expression);
  }

  /** Returns the column of errors that a plan has already. */
  private static List<Attribute> below(LogicalPlan child) {
    return list(child.output()).stream().filter(a -> a.name().equals(FAILED)).toList();
  }

  /** Returns what the error of an attempt means; null where it succeeded. */
  private static Expression error(Alias attempt, Expression tried) {
    Option<String> view = tried.origin().objectName();
    String where = view.isEmpty() ? "" : view.get();
    return new If(
        new IsNull(field(attempt, 1)),
        nothing(),
        new ConcatWs(seq(List.<Expression>of(literal(": "), literal(where), field(attempt, 1)))));
  }

  /** Returns the errors that there are, with a comma between them; null where there is none. */
  private static Expression joined(List<Expression> errors) {
    if (errors.size() == 1) {
      return errors.get(0);
    }
    List<Expression> parts = new ArrayList<>();
    parts.add(literal("; "));
    parts.addAll(errors);
    return new If(new IsNull(new Coalesce(seq(errors))), nothing(), new ConcatWs(seq(parts)));
  }

  private static Expression field(Alias struct, int place) {
    return new GetStructField(struct.toAttribute(), place, Option.empty());
  }

  private static Alias named(Expression expression, String name) {
    return new Alias(
        expression,
        name,
        NamedExpression.newExprId(),
        seq(List.<String>of()),
        Option.empty(),
        seq(List.<String>of()));
  }

  private static Literal literal(Object value) {
    return value instanceof String text
        ? new Literal(UTF8String.fromString(text), DataTypes.StringType)
        : Literal.create(value, DataTypes.BooleanType);
  }

  private static Literal nothing() {
    return new Literal(null, DataTypes.StringType);
  }

  private static <T> List<T> list(Seq<T> values) {
    return CollectionConverters.asJava(values);
  }

  private static <T> Seq<T> seq(List<? extends T> values) {
    return CollectionConverters.<T>asScala(new ArrayList<T>(values)).toSeq();
  }
}
