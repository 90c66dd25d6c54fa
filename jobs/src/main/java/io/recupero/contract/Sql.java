package io.recupero.contract;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.types.DataType;
import scala.jdk.javaapi.CollectionConverters;

/** Reads the pieces of Spark SQL that contracts hold; needs no session. */
final class Sql {

  private Sql() {}

  /**
   * Returns the columns an expression reads, such as {@code due_date} and {@code original.amount}.
   *
   * @throws IllegalArgumentException if it is not an expression
   */
  static Set<String> names(String expression) {
    Expression parsed = parse(() -> CatalystSqlParser$.MODULE$.parseExpression(expression));
    Set<String> names = new TreeSet<>();
    CollectionConverters.asJava(parsed.collectLeaves())
        .forEach(
            leaf -> {
              if (leaf instanceof UnresolvedAttribute attribute) {
                names.add(String.join(".", CollectionConverters.asJava(attribute.nameParts())));
              }
            });
    return names;
  }

  /**
   * Returns the type of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static DataType type(String name) {
    return parse(() -> CatalystSqlParser$.MODULE$.parseDataType(name));
  }

  // Scala throws the parser's checked exception undeclared, so that Java cannot name it here
  private static <T> T parse(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (Exception e) {
      throw new IllegalArgumentException(e.getMessage().strip().lines().findFirst().orElse(""), e);
    }
  }
}
