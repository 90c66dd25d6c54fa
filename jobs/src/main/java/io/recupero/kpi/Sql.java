package io.recupero.kpi;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What an SQL expression says, read without a session and without data.
 *
 * @param columns the columns it names
 * @param outside those of them that stand outside every aggregate function
 * @param unknown functions that neither Spark nor {@link CurveFunctions} has
 * @param subquery whether it holds a query of its own
 */
record Sql(Set<String> columns, Set<String> outside, Set<String> unknown, boolean subquery) {

  /**
   * Parses an expression.
   *
   * @throws IllegalArgumentException where it is no SQL expression; the message says where
   */
  static Sql parse(String expression) {
    Reader reader = new Reader();
    try {
      reader.read(CatalystSqlParser$.MODULE$.parseExpression(expression), false);
    } catch (Exception e) { // ParseException, which Scala does not declare
      String what = e.getMessage().lines().findFirst().orElse("").replaceAll("\\s+SQLSTATE.*", "");
      throw new IllegalArgumentException(what.replaceAll("^\\[[A-Z_.]+\\]\\s*", ""), e);
    }
    return new Sql(reader.columns, reader.outside, reader.unknown, reader.subquery);
  }

  private static final class Reader {
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<String> outside = new LinkedHashSet<>();
    private final Set<String> unknown = new TreeSet<>();
    private boolean subquery;

    void read(Expression expression, boolean aggregated) {
      boolean within = aggregated;
      if (expression instanceof UnresolvedAttribute attribute) {
        columns.add(attribute.name());
        if (!aggregated) {
          outside.add(attribute.name());
        }
      } else if (expression instanceof UnresolvedFunction function) {
        within |= aggregates(function.nameParts().last());
      }
      subquery |= expression instanceof SubqueryExpression;
      for (Expression child : CollectionConverters.asJava(expression.children())) {
        read(child, within);
      }
    }

    private boolean aggregates(String function) {
      String name = function.toLowerCase(Locale.ROOT);
      if (CurveFunctions.sqlNames().contains(name)) {
        return name.equals(CurveFunctions.CURVE) || name.equals(CountBack.NAME);
      }
      Option<ExpressionInfo> info =
          FunctionRegistry.builtin().lookupFunction(new FunctionIdentifier(function));
      if (info.isEmpty()) {
        unknown.add(function);
        return false;
      }
      return info.get().getGroup().equals("agg_funcs");
    }
  }
}
