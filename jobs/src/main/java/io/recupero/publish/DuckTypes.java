package io.recupero.publish;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/** What DuckDB calls the types of our tables. */
final class DuckTypes {

  private DuckTypes() {}

  static String of(DataType type) {
    if (type instanceof DecimalType decimal) {
      return "DECIMAL(%d, %d)".formatted(decimal.precision(), decimal.scale());
    }
    if (type instanceof ArrayType array) {
      return of(array.elementType()) + "[]";
    }
    if (type instanceof MapType map) {
      return "MAP(%s, %s)".formatted(of(map.keyType()), of(map.valueType()));
    }
    return simple(type);
  }

  private static String simple(DataType type) {
    if (type instanceof StringType) {
      return "VARCHAR";
    }
    if (type instanceof LongType) {
      return "BIGINT";
    }
    if (type instanceof IntegerType || type instanceof ShortType || type instanceof ByteType) {
      return "INTEGER";
    }
    if (type instanceof DoubleType) {
      return "DOUBLE";
    }
    if (type instanceof BooleanType) {
      return "BOOLEAN";
    }
    if (type instanceof DateType) {
      return "DATE";
    }
    if (type instanceof TimestampType) {
      return "TIMESTAMP WITH TIME ZONE";
    }
    throw new IllegalArgumentException(
        "Cannot serve a column of type " + type.simpleString() + ": DuckTypes does not know it.");
  }
}
