package io.recupero.risk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What models said of documents, beside what became of them: rows out of time, on the driver.
 *
 * @param customers how many there are
 * @param customer of each row, which of them
 * @param truth of each row: 1 late, 0 in time; or days
 * @param money of each row its open amount / the mean open amount of its currency in the sample,
 *     for amounts in several currencies cannot be added
 * @param scores of each model, what it said of each row
 */
record Sample(
    int customers, int[] customer, double[] truth, double[] money, Map<String, double[]> scores) {

  int size() {
    return truth.length;
  }

  /**
   * Takes rows with {@code customer_id}, {@code as_of}, {@code invoice_id}, {@code currency},
   * {@code open_amount}, {@code label} and a column a model.
   */
  static Sample of(List<Dataset<Row>> parts, List<String> models) {
    List<Row> rows = new ArrayList<>();
    List<String> columns =
        new ArrayList<>(List.of("customer_id", "currency", "CAST(open_amount AS DOUBLE)", "label"));
    columns.addAll(models);
    for (Dataset<Row> part : parts) {
      rows.addAll(
          part.orderBy("as_of", "customer_id", "invoice_id")
              .selectExpr(columns.toArray(String[]::new))
              .collectAsList());
    }
    Map<String, Integer> ids = new HashMap<>();
    Map<String, double[]> byCurrency = new HashMap<>();
    int[] customer = new int[rows.size()];
    double[] truth = new double[rows.size()];
    double[] money = new double[rows.size()];
    Map<String, double[]> scores = new TreeMap<>();
    models.forEach(model -> scores.put(model, new double[rows.size()]));
    for (int i = 0; i < customer.length; i++) {
      Row row = rows.get(i);
      customer[i] = ids.computeIfAbsent(row.getString(0), id -> ids.size());
      double[] sums = byCurrency.computeIfAbsent(row.getString(1), it -> new double[2]);
      money[i] = row.getDouble(2);
      sums[0] += money[i];
      sums[1]++;
      truth[i] = row.getDouble(3);
      for (int m = 0; m < models.size(); m++) {
        scores.get(models.get(m))[i] = row.getDouble(4 + m);
      }
    }
    for (int i = 0; i < customer.length; i++) {
      double[] sums = byCurrency.get(rows.get(i).getString(1));
      money[i] *= sums[1] / sums[0];
    }
    return new Sample(ids.size(), customer, truth, money, scores);
  }

  /** Returns how many rows are late. */
  long positives() {
    long sum = 0;
    for (double value : truth) {
      sum += value > 0 ? 1 : 0;
    }
    return sum;
  }
}
