package io.recupero.segment;

import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was known of customers at a date, beside what became of them after it: tables to train
 * models on.
 *
 * <p>Features are computed on both clocks, so nothing of an outcome is in them; every column that
 * tells what came after begins with {@code outcome_}. Null outcomes are of windows that were not
 * over yet: leave those rows out, do not fill them.
 */
public final class TrainingTable {

  private TrainingTable() {}

  /**
   * Returns one row a customer and date: the columns of {@code gold.customer_features}, and
   *
   * <ul>
   *   <li>{@code outcome_documents}: documents open at the date, in any currency; 0 where none, and
   *       then all other outcomes are null.
   *   <li>{@code outcome_paid_30} (60, 90): whether all of them had ended by payment after so many
   *       days.
   *   <li>{@code outcome_paid_30_count}: how many had.
   *   <li>{@code outcome_recovered_30_amount}: cash on those in the main currency, which {@code
   *       currency} names; null where none of them is in it.
   *   <li>{@code outcome_days_late_90}: mean of their {@code days_late_90}, see {@link
   *       Outcomes#schema}.
   * </ul>
   *
   * @param features as {@link CustomerFeatures} gives them
   * @param outcomes of the same dates, as {@link Outcomes} gives them
   */
  public static Dataset<Row> customers(Dataset<Row> features, Dataset<Row> outcomes) {
    Dataset<Row> main = features.selectExpr("customer_id", "as_of", "currency AS main_currency");
    List<Column> sums = new ArrayList<>();
    for (int window : Outcomes.WINDOWS) {
      sums.add(expr("EVERY(paid_%1$d) AS outcome_paid_%1$d".formatted(window)));
    }
    for (int window : Outcomes.WINDOWS) {
      sums.add(expr("SUM(CAST(paid_%1$d AS BIGINT)) AS outcome_paid_%1$d_count".formatted(window)));
    }
    for (int window : Outcomes.WINDOWS) {
      sums.add(
          expr(
              "SUM(IF(currency = main_currency, recovered_%1$d_amount, NULL)) AS outcome_recovered_%1$d_amount"
                  .formatted(window)));
    }
    sums.add(expr("AVG(days_late_90) AS outcome_days_late_90"));
    Dataset<Row> byCustomer =
        outcomes
            .join(main, keys())
            .groupBy("customer_id", "as_of")
            .agg(expr("COUNT(*) AS outcome_documents"), sums.toArray(Column[]::new));
    return features
        .join(byCustomer, keys(), "left")
        .withColumn("outcome_documents", expr("COALESCE(outcome_documents, 0L)"));
  }

  /**
   * Returns one row a customer, date and document that was open: the document ({@code invoice_id},
   * and {@code document_currency}, {@code document_due_date}, {@code document_days_past_due} and
   * {@code document_open_amount}, as known then), the features of its customer, and the columns of
   * {@link Outcomes#schema} from {@code ended_by} on, as {@code outcome_}.
   *
   * @param features as for {@link #customers}
   * @param outcomes likewise
   */
  public static Dataset<Row> documents(Dataset<Row> features, Dataset<Row> outcomes) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "customer_id",
                "as_of",
                "invoice_id",
                "currency AS document_currency",
                "due_date AS document_due_date",
                "DATEDIFF(as_of, due_date) AS document_days_past_due",
                "open_amount AS document_open_amount"));
    List<String> names = List.of(outcomes.columns());
    for (String name : names.subList(names.indexOf("ended_by"), names.size())) {
      columns.add(name + " AS outcome_" + name);
    }
    return features.join(outcomes.selectExpr(columns.toArray(String[]::new)), keys());
  }

  private static String[] keys() {
    return new String[] {"customer_id", "as_of"};
  }
}
