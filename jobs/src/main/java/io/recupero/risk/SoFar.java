package io.recupero.risk;

import static org.apache.spark.sql.functions.expr;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is certain already: a document overdue for ten days will not be nine days late. */
final class SoFar {

  private SoFar() {}

  /** Lifts days that were said to those that have passed already; of lateness, changes nothing. */
  static Dataset<Row> atLeast(Dataset<Row> rows, Target target, List<String> columns) {
    if (target == Target.LATE) {
      return rows;
    }
    Dataset<Row> lifted = rows;
    for (String column : columns) {
      lifted =
          lifted.withColumn(
              column, expr("GREATEST(0.0D, CAST(-days_to_due AS DOUBLE), `%s`)".formatted(column)));
    }
    return lifted;
  }
}
