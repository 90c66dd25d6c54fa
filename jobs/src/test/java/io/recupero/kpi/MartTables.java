package io.recupero.kpi;

import io.recupero.TestSpark;
import io.recupero.contract.Contracts;
import io.recupero.kpi.MartShape.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small tables of marts, written as text. */
final class MartTables {

  static final List<MartShape> SHAPES = MartShape.all(Contracts.load());

  private MartTables() {}

  static MartShape shape(String mart) {
    return SHAPES.stream().filter(s -> s.mart().equals(mart)).findFirst().orElseThrow();
  }

  /** Returns rows of a mart: parts that the table does not give are zero, attributes null. */
  static Dataset<Row> rows(MartShape shape, List<Map<String, String>> given) {
    String[] columns = shape.roles().keySet().toArray(String[]::new);
    StructType type = new StructType();
    List<String> casts = new ArrayList<>();
    for (String column : columns) {
      type = type.add(column, DataTypes.StringType);
      String wanted = type(column, shape.roles().get(column));
      casts.add("CAST(" + column + " AS " + wanted + ") AS " + column);
    }
    List<Row> rows = new ArrayList<>();
    for (Map<String, String> row : given) {
      rows.add(
          RowFactory.create(
              Arrays.stream(columns)
                  .map(c -> row.containsKey(c) ? row.get(c) : none(shape.roles().get(c)))
                  .toArray()));
    }
    return TestSpark.session().createDataFrame(rows, type).selectExpr(casts.toArray(String[]::new));
  }

  static Dataset<Row> rows(String mart, String table) {
    return rows(shape(mart), AsciiTable.rows(table));
  }

  static Dataset<Row> rates(List<Map<String, String>> given) {
    List<Row> rows = given.stream().map(row -> RowFactory.create(row.values().toArray())).toList();
    StructType type = new StructType();
    for (String column : List.of("rate_date", "from_currency", "to_currency", "rate")) {
      type = type.add(column, DataTypes.StringType);
    }
    return TestSpark.session()
        .createDataFrame(rows, type)
        .selectExpr(
            "CAST(rate_date AS DATE) AS rate_date",
            "from_currency",
            "to_currency",
            "CAST(rate AS DECIMAL(28,12)) AS rate");
  }

  private static String none(Role role) {
    return role == Role.AMOUNT || role == Role.COUNT ? "0" : null;
  }

  private static String type(String column, Role role) {
    return switch (role) {
      case DAY -> "DATE";
      case AMOUNT -> "DECIMAL(38,4)";
      case COUNT -> "BIGINT";
      case DIMENSION, KEY -> column.equals("days") ? "INT" : "STRING";
    };
  }
}
