package io.recupero.kpi;

import io.recupero.TestSpark;
import io.recupero.kpi.MartShape.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The marts as tests see them, and small tables of them written as text. */
final class Marts {

  static final MartShape BALANCE =
      shape(
          "gold.balance_daily",
          List.of("bucket"),
          "open_amount overdue_amount overdue_due_day_amount overdue_over_30_amount"
              + " overdue_over_60_amount overdue_over_90_amount par_30_amount par_60_amount"
              + " par_90_amount restructured_amount unapplied_amount",
          "open_count overdue_count");

  static final MartShape FLOW =
      shape(
          "gold.flow_daily",
          List.of(),
          "recovered_amount recovery_base_amount",
          "recovery_base_count");

  static final MartShape VINTAGE =
      shape(
          "gold.vintage_daily",
          List.of("cohort"),
          "base_amount cash_30_amount cash_60_amount cash_90_amount cash_180_amount",
          "base_count");

  static final MartShape RECOVERY =
      shape("gold.recovery_daily", List.of("ended_by", "days"), "exit_amount", "exit_count");

  static final List<MartShape> ALL = List.of(BALANCE, FLOW, VINTAGE, RECOVERY);

  private Marts() {}

  /** Returns rows of a mart: parts that the table does not give are zero, attributes null. */
  static Dataset<Row> rows(MartShape shape, List<Map<String, String>> given) {
    String[] columns = shape.roles().keySet().toArray(String[]::new);
    StructType type = new StructType();
    List<String> casts = new ArrayList<>();
    for (String column : columns) {
      type = type.add(column, DataTypes.StringType);
      casts.add("CAST(" + column + " AS " + type(column, shape.roles().get(column)) + ") AS " + column);
    }
    List<Row> rows =
        given.stream()
            .map(
                row ->
                    RowFactory.create(
                        Arrays.stream(columns)
                            .map(c -> row.containsKey(c) ? row.get(c) : none(shape.roles().get(c)))
                            .toArray()))
            .toList();
    return TestSpark.session()
        .createDataFrame(rows, type)
        .selectExpr(casts.toArray(String[]::new));
  }

  static Dataset<Row> rows(MartShape shape, String table) {
    return rows(shape, AsciiTable.rows(table));
  }

  static Dataset<Row> rates(String table) {
    List<Row> rows =
        AsciiTable.rows(table).stream().map(row -> RowFactory.create(row.values().toArray())).toList();
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

  private static MartShape shape(String mart, List<String> keys, String amounts, String counts) {
    Map<String, Role> roles = new LinkedHashMap<>();
    roles.put("day", Role.DAY);
    for (String dimension :
        "portfolio_id segment country region industry company_size debt_type currency".split(" ")) {
      roles.put(dimension, Role.DIMENSION);
    }
    keys.forEach(key -> roles.put(key, Role.KEY));
    for (String amount : amounts.split(" ")) {
      roles.put(amount, Role.AMOUNT);
    }
    for (String count : counts.split(" ")) {
      roles.put(count, Role.COUNT);
    }
    return new MartShape(mart, roles);
  }
}
