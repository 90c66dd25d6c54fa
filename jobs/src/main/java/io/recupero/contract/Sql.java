package io.recupero.contract;

import io.recupero.sql.SqlExpression;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.types.DataType;

/** Reads the pieces of Spark SQL that contracts hold; needs no session. */
final class Sql {

  private Sql() {}

  /**
   * Returns the columns an expression reads, such as {@code due_date} and {@code original.amount}.
   *
   * @throws IllegalArgumentException if it is not an expression, or calls what it may not
   */
  static Set<String> names(String expression) {
    SqlExpression parsed = SqlExpression.parse(expression);
    if (!parsed.allowed()) {
      throw new IllegalArgumentException(String.join(" ", parsed.refusals()));
    }
    return new TreeSet<>(parsed.columns());
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
