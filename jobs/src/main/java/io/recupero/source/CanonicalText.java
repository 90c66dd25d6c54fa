package io.recupero.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.rtrim;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Writes typed columns as canonical text: ISO dates, times with offset, numbers with a point and no
 * needless zeros.
 */
final class CanonicalText {

  /** What the judge reads as a number and as a date. */
  static final String NUMBER = "^[+-]?(\\d+\\.?\\d*|\\.\\d+)$";

  static final String DATE = "^\\d{4}-\\d{2}-\\d{2}$";

  private CanonicalText() {}

  /** Returns the column as text; null stays null, and so does an empty text. */
  static Column of(Column column, DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return nullif(trim(column), lit(""));
    }
    if (type.equals(DataTypes.TimestampType)) {
      return date_format(column, "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");
    }
    if (type instanceof DecimalType decimal) {
      return decimal.scale() == 0 ? column.cast("string") : shortened(column.cast("string"));
    }
    if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
      // The shortest text that gives the same floating-point number is what its writer meant: 0.1,
      // not 0.1000000015.
      Column written = column.cast("string");
      return coalesce(shortened(written.try_cast("decimal(38,12)").cast("string")), written);
    }
    if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
      return to_json(column);
    }
    return column.cast("string");
  }

  private static Column shortened(Column number) {
    return rtrim(rtrim(number, lit("0")), lit("."));
  }
}
