package io.recupero.segment;

import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a rule's SQL says, read without a session and without data.
 *
 * @param columns the columns it names
 * @param unknownFunctions the functions that Spark lacks
 * @param aggregates whether it adds up over rows, as no rule may
 */
record Predicate(Set<String> columns, Set<String> unknownFunctions, boolean aggregates) {

  /**
   * Parses an expression.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Predicate parse(String sql) {
    try {
      Set<String> columns = new TreeSet<>();
      Set<String> unknown = new TreeSet<>();
      Expression parsed = CatalystSqlParser$.MODULE$.parseExpression(sql);
      return new Predicate(columns, unknown, walk(parsed, columns, unknown));
    } catch (Exception e) { // Scala does not declare its ParseException
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).strip().lines().findFirst().orElse(""), e);
    }
  }

  private static boolean walk(Expression expression, Set<String> columns, Set<String> unknown) {
    boolean aggregates = false;
    if (expression instanceof UnresolvedAttribute attribute) {
      columns.add(attribute.name());
    }
    if (expression instanceof UnresolvedFunction function) {
      String name = function.nameParts().last();
      Option<ExpressionInfo> info =
          FunctionRegistry.builtin().lookupFunction(new FunctionIdentifier(name));
      if (info.isEmpty()) {
        unknown.add(name);
      } else {
        aggregates = info.get().getGroup().equals("agg_funcs");
      }
    }
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      aggregates |= walk(child, columns, unknown);
    }
    return aggregates;
  }
}
