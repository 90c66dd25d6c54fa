package io.recupero.contract;

import static org.apache.spark.sql.classic.ExpressionUtils.column;
import static org.apache.spark.sql.classic.ExpressionUtils.expression;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/**
 * Sums of amounts that are kept as whole numbers: of DECIMAL(18,4) Spark itself adds up
 * DECIMAL(28,4), an object of every row and group; whole ten-thousandths need none.
 */
public final class ExactSum {

  private ExactSum() {}

  /**
   * Returns the sum of a column, in the column's own type; null where all its values are.
   *
   * @throws ArithmeticException when it is computed and the sum is beyond the type
   */
  public static Column of(String name, DataType type) {
    if (type instanceof DecimalType decimal && decimal.precision() <= Decimal.MAX_LONG_DIGITS()) {
      Column whole = sum(column(new UnscaledValue(expression(col(name)))));
      return column(new MakeDecimal(expression(whole), decimal.precision(), decimal.scale(), false))
          .as(name);
    }
    return sum(name).cast(type).as(name);
  }
}
