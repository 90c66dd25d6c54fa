package io.recupero.risk;

import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The columns by which rows can be told apart: what a source lacks, or says the same of all, is
 * left out.
 *
 * @param numbers columns with at least two values
 * @param categories columns with at least two values, and not as many as names have
 */
record Told(List<String> numbers, List<String> categories) {

  static Told by(Dataset<Row> rows, int mostCategories) {
    List<String> columns =
        Arrays.stream(rows.columns())
            .filter(it -> it.startsWith(RiskColumns.NUMBER) || it.startsWith(RiskColumns.CATEGORY))
            .toList();
    List<Column> sums = new ArrayList<>();
    for (String column : columns) {
      sums.add(
          column.startsWith(RiskColumns.NUMBER)
              ? expr("COALESCE(CAST(MAX(%1$s) > MIN(%1$s) AS BIGINT), 0L)".formatted(column))
              : expr("SIZE(COLLECT_SET(%s))".formatted(column)).cast("bigint"));
    }
    Row found = rows.agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new)).first();
    List<String> numbers = new ArrayList<>();
    List<String> categories = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      long values = found.getLong(i);
      if (columns.get(i).startsWith(RiskColumns.NUMBER)) {
        if (values > 0) {
          numbers.add(columns.get(i));
        }
      } else if (values > 1 && values <= mostCategories) {
        categories.add(columns.get(i));
      }
    }
    return new Told(numbers, categories);
  }
}
