package io.recupero.sql;

import io.recupero.config.Names;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Option;
import scala.Product;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Everything that Spark's parser made of a text, wherever it stands: in windows, hints, common
 * table expressions, queries within expressions.
 */
final class Parsed {

  /** What a query is made of; all else that the parser makes writes, or leaves Spark. */
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

  final Set<String> columns = new LinkedHashSet<>();
  final Set<String> heads = new LinkedHashSet<>();
  final Set<String> outside = new LinkedHashSet<>();
  final Set<List<String>> relations = new LinkedHashSet<>();
  final Set<String> refusals = new LinkedHashSet<>();
  boolean aggregates;
  boolean query;

  private final Set<String> own;
  private final Set<String> inLambdas = new LinkedHashSet<>();
  private final Set<String> arguments = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Part> left = new ArrayDeque<>();

  /**
   * A piece to look at.
   *
   * @param aggregated whether it stands within an aggregate function
   * @param named what WITH names where it stands, in lower case
   */
  private record Part(Object what, boolean aggregated, Set<String> named) {}

  /**
   * Goes through a tree.
   *
   * @param own functions of the program that may be called beside Spark's; those whose name is in
   *     {@code aggregating} add up over rows
   */
  Parsed(Object tree, Set<String> own, Set<String> aggregating) {
    this.own = own;
    left.add(new Part(tree, false, Set.of()));
    while (!left.isEmpty()) {
      Part part = left.pop();
      if (part.what() instanceof LambdaFunction lambda) {
        CollectionConverters.asJava(lambda.arguments())
            .forEach(
                argument ->
                    arguments.add(((UnresolvedNamedLambdaVariable) argument).nameParts().head()));
      }
      if (seen.add(part.what())) {
        boolean aggregated = part.aggregated() | look(part, aggregating);
        push(part.what(), aggregated, within(part));
      }
    }
    // Within a lambda the parser takes every column for one of its variables.
    inLambdas.removeAll(arguments);
    columns.addAll(inLambdas);
    heads.addAll(inLambdas);
  }

  /** Looks at one piece; returns whether it adds up over rows. */
  private boolean look(Part part, Set<String> aggregating) {
    boolean adds = false;
    if (part.what() instanceof LogicalPlan plan) {
      step(plan, part.named());
    } else if (part.what() instanceof UnresolvedAttribute attribute) {
      columns.add(attribute.name());
      heads.add(attribute.nameParts().head());
      if (!part.aggregated()) {
        outside.add(attribute.name());
      }
    } else if (part.what() instanceof UnresolvedNamedLambdaVariable variable) {
      inLambdas.add(variable.nameParts().head());
    } else if (part.what() instanceof UnresolvedFunction function) {
      String name = called(CollectionConverters.asJava(function.nameParts()));
      adds = aggregating.contains(name) || isAggregate(name);
      aggregates |= adds;
      Costs.note(function, refusals);
    } else if (part.what() instanceof UnresolvedGenerator generator) {
      Costs.call(
          called(List.of(generator.name().unquotedString())),
          CollectionConverters.asJava(generator.children()),
          refusals);
    } else if (part.what() instanceof Expression expression) {
      query |= expression instanceof SubqueryExpression;
      expression(expression);
    }
    return adds;
  }

  private void step(LogicalPlan step, Set<String> named) {
    if (!STEPS.contains(kind(step))) {
      refusals.add(
          "it may only read (one SELECT, or WITH), and "
              + kind(step)
              + " does something else. Take it away.");
    }
    if (step instanceof UnresolvedRelation relation) {
      List<String> name = List.copyOf(CollectionConverters.asJava(relation.multipartIdentifier()));
      // A name of several parts is a table's or a path's, whatever a WITH is called.
      if (name.size() > 1 || !named.contains(name.get(0).toLowerCase(Locale.ROOT))) {
        relations.add(name);
      }
      if (relation.isStreaming() || !relation.options().isEmpty()) {
        refusals.add(
            "it reads " + String.join(".", name) + " as a stream or with options. Take them away.");
      }
    } else if (step instanceof UnresolvedTableValuedFunction function) {
      Costs.call(
          called(CollectionConverters.asJava(function.name())),
          CollectionConverters.asJava(function.functionArgs()),
          refusals);
    }
  }

  /** Returns what WITH names for the parts of a piece. */
  private static Set<String> within(Part part) {
    if (!(part.what() instanceof UnresolvedWith with)) {
      return part.named();
    }
    Set<String> named = new TreeSet<>(part.named());
    CollectionConverters.asJava(with.cteRelations())
        .forEach(relation -> named.add(relation._1().toLowerCase(Locale.ROOT)));
    return named;
  }

  private static String kind(Object piece) {
    return piece.getClass().getSimpleName().replace("$", "");
  }

  private void expression(Expression expression) {
    boolean isOperator = expression.getClass().getPackageName().startsWith(OPERATORS);
    if (!isOperator && !UNRESOLVED.contains(kind(expression))
        || AllowedFunctions.refuses(expression)) {
      refusals.add("it holds " + kind(expression) + ", which is not allowed here. Take it away.");
    }
    Costs.note(expression, refusals);
  }

  /** Notes what is wrong with the call of a function, and returns its name. */
  private String called(List<String> parts) {
    String name = parts.get(parts.size() - 1).toLowerCase(Locale.ROOT);
    if (parts.size() > 1) {
      refusals.add(
          "it calls " + String.join(".", parts) + ". Write the name of the function alone.");
    } else if (!AllowedFunctions.has(name) && !own.contains(name)) {
      Set<String> known = new TreeSet<>(AllowedFunctions.names());
      known.addAll(own);
      refusals.add(
          FunctionRegistry.builtin().functionExists(new FunctionIdentifier(name))
              ? "it calls "
                  + name
                  + ", which is not among the functions allowed here, listed in docs/functions.md."
              : "there is no function " + name + "." + Names.didYouMean(name, known));
    }
    return name;
  }

  private static boolean isAggregate(String function) {
    Option<ExpressionInfo> info =
        FunctionRegistry.builtin().lookupFunction(new FunctionIdentifier(function));
    return info.isDefined() && info.get().getGroup().equals("agg_funcs");
  }

  /** Puts what a piece is made of before the rest, in its order. */
  private void push(Object what, boolean aggregated, Set<String> named) {
    List<Object> inner = new ArrayList<>();
    if (what instanceof Iterable<?> several) {
      CollectionConverters.asJava(several).forEach(inner::add);
    } else if (what instanceof Product product) {
      CollectionConverters.asJava(product.productIterator()).forEachRemaining(inner::add);
    }
    Collections.reverse(inner);
    inner.stream()
        .filter(part -> part instanceof Product || part instanceof Iterable)
        .forEach(part -> left.push(new Part(part, aggregated, named)));
  }
}
