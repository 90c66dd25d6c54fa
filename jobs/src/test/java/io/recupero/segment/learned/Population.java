package io.recupero.segment.learned;

import io.recupero.TestSpark;
import io.recupero.segment.CustomerFeatures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Customers whose groups are known, because they were made so. */
final class Population {

  private final Random random = new Random(7);
  private final List<Row> rows = new ArrayList<>();
  private final List<Integer> groups = new ArrayList<>();

  /** Four groups: prompt, late people, great accounts, and those who never had anything due. */
  static Population ofFourGroups(int each) {
    Population population = new Population();
    for (int i = 0; i < 4 * each; i++) {
      population.customer(i % 4, i % 8 < 4 ? "CLP" : "USD");
    }
    return population;
  }

  /** Customers whose figures have nothing to do with each other. */
  static Population ofNoise(int customers, List<String> features) {
    Population population = new Population();
    for (int i = 0; i < customers; i++) {
      Map<String, Object> values = new HashMap<>();
      features.forEach(feature -> values.put(feature, population.random.nextGaussian()));
      population.add(0, values);
    }
    return population;
  }

  private void customer(int group, String currency) {
    Map<String, Object> values = new HashMap<>();
    values.put("currency", currency);
    double unit = currency.equals("CLP") ? 900 : 1;
    double amount = Math.exp(random.nextGaussian() * 0.4);
    switch (group) {
      case 0 -> {
        put(values, 95, 2, -2, 2, 0);
        values.put("company_size", "small");
      }
      case 1 -> {
        put(values, 30, 5, 40, 4, 50 + random.nextInt(10));
        values.put("company_size", "person");
      }
      case 2 -> {
        put(values, 70, 4, 5, 2, 0);
        amount *= 200;
        values.put("company_size", "l'eau \\ large");
      }
      default -> {
        values.put("current_dpd", 0L);
        amount = 0;
      }
    }
    values.put(
        "open_amount", BigDecimal.valueOf(100 * unit * amount).setScale(4, RoundingMode.HALF_EVEN));
    add(group, values);
  }

  private void put(
      Map<String, Object> values, double onTime, double spread, double late, double of, long dpd) {
    values.put("on_time_share_12m", onTime + spread * random.nextGaussian());
    values.put("days_late_mean_12m", late + of * random.nextGaussian());
    values.put("current_dpd", dpd);
  }

  private void add(int group, Map<String, Object> values) {
    values.put("customer_id", "C%05d".formatted(rows.size()));
    values.put("as_of", Date.valueOf("2026-03-31"));
    StructType schema = CustomerFeatures.schema();
    Object[] cells = new Object[schema.size()];
    for (StructField field : schema.fields()) {
      cells[schema.fieldIndex(field.name())] = values.get(field.name());
    }
    rows.add(RowFactory.create(cells));
    groups.add(group);
  }

  /** Returns the customers, in an order that has nothing to do with their groups. */
  Dataset<Row> frame() {
    return TestSpark.session().createDataFrame(rows, CustomerFeatures.schema()).repartition(3);
  }

  /** Returns the group of each customer, by the order of their ids. */
  int[] groups() {
    return groups.stream().mapToInt(it -> it).toArray();
  }
}
