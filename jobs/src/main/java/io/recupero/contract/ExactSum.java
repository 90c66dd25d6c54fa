package io.recupero.contract;

import static org.apache.spark.sql.classic.ExpressionUtils.column;
import static org.apache.spark.sql.classic.ExpressionUtils.expression;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/**
 * Sums of amounts as whole numbers: of DECIMAL(18,4) Spark itself adds up DECIMAL(28,4), an object
 * of every row and group. The halves of the ten-thousandths are added up apart, so that no sum
 * overflows.
 */
public final class ExactSum {

  private static final int HALF = 32;
  private static final int DIGITS_OF_HALVES = 20;

  private ExactSum() {}

  /** Returns the type of sums of a column: all digits there are for an amount, else its own. */
  public static DataType typeOf(DataType type) {
    return type instanceof DecimalType decimal
        ? DataTypes.createDecimalType(DecimalType.MAX_PRECISION(), decimal.scale())
        : type;
  }

  /** Returns the sum of a column as {@link #typeOf}; null where all its values are. */
  public static Column of(String name, DataType type) {
    if (type instanceof DecimalType decimal && decimal.precision() <= Decimal.MAX_LONG_DIGITS()) {
      Column units = column(new UnscaledValue(expression(col(name))));
      Column high = whole(sum(shiftright(units, HALF)));
      Column low = whole(sum(units.bitwiseAND(lit((1L << HALF) - 1))));
      BigDecimal unit = BigDecimal.ONE.movePointLeft(decimal.scale());
      return high.multiply(lit(BigDecimal.valueOf(1L << HALF)))
          .plus(low)
          .multiply(lit(unit))
          .cast(typeOf(type))
          .as(name);
    }
    return sum(name).cast(typeOf(type)).as(name);
  }

  private static Column whole(Column sum) {
    return sum.cast(DataTypes.createDecimalType(DIGITS_OF_HALVES, 0));
  }
}
