package io.recupero.contract;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Columns whose file says them in a type that loses nothing in the contract's: a text frame carries
 * them typed beside their text, so that nothing is written as text only to be read again. Whoever
 * asks for the text still finds it.
 */
public final class AsDeclared {

  private static final String PREFIX = "_as_";

  private AsDeclared() {}

  /** Returns what the typed form of a column is called. */
  public static String name(String column) {
    return PREFIX + column;
  }

  /** Returns whether a column of a text frame is a typed form. */
  public static boolean is(String column) {
    return column.startsWith(PREFIX);
  }

  /** Returns the column in the contract's type; empty where it could lose something or fail. */
  public static Optional<Column> of(Column column, DataType found, DataType declared) {
    return loses(found, declared) ? Optional.empty() : Optional.of(column.cast(declared));
  }

  private static boolean loses(DataType found, DataType declared) {
    if (declared instanceof DecimalType to) {
      int digits = integerDigits(found);
      int scale = found instanceof DecimalType from ? from.scale() : 0;
      return digits < 0 || digits > to.precision() - to.scale() || scale > to.scale();
    }
    if (declared instanceof LongType || declared instanceof IntegerType) {
      return !(found.equals(declared) || isShort(found) || found instanceof IntegerType);
    }
    boolean kept =
        declared instanceof DateType
            || declared instanceof TimestampType
            || declared instanceof BooleanType;
    return !kept || !found.equals(declared);
  }

  private static int integerDigits(DataType type) {
    if (type instanceof DecimalType decimal) {
      return decimal.precision() - decimal.scale();
    }
    return isShort(type)
        ? 5
        : type instanceof IntegerType ? 10 : type instanceof LongType ? 19 : -1;
  }

  private static boolean isShort(DataType type) {
    return type instanceof ShortType || type instanceof ByteType;
  }
}
