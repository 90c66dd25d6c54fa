package io.recupero.summary;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What marts say at every close, by few keys: the changes of each month are added up in one pass
 * over the marts, and carried from month to month here, where they are few.
 */
final class MonthlySums {

  private final List<LocalDate> closes;
  private final Map<List<String>, Map<String, TreeMap<LocalDate, BigDecimal>>> changes =
      new HashMap<>();

  /**
   * Adds up changes.
   *
   * @param marts rows of day, the keys, {@code measure} and {@code amount}
   * @param closes ends of months and at last the as-of date, ascending
   */
  MonthlySums(Dataset<Row> marts, List<String> keys, List<LocalDate> closes) {
    this.closes = closes;
    String asOf = "DATE'" + closes.get(closes.size() - 1) + "'";
    Column[] group =
        Stream.of(Stream.of("close"), keys.stream(), Stream.of("measure"))
            .flatMap(names -> names)
            .map(name -> col(name))
            .toArray(Column[]::new);
    marts
        .where("day <= " + asOf)
        .selectExpr("LEAST(LAST_DAY(day), " + asOf + ") AS close", "*")
        .groupBy(group)
        .agg(sum("amount").as("amount"))
        .collectAsList()
        .forEach(row -> add(row, keys));
  }

  private void add(Row row, List<String> keys) {
    BigDecimal amount = row.getAs("amount");
    if (amount != null && amount.signum() != 0) {
      List<String> cell = new ArrayList<>();
      keys.forEach(key -> cell.add(row.getAs(key)));
      changes
          .computeIfAbsent(cell, any -> new HashMap<>())
          .computeIfAbsent(row.getAs("measure"), any -> new TreeMap<>())
          .merge(row.<Date>getAs("close").toLocalDate(), amount, BigDecimal::add);
    }
  }

  /** Takes what a cell says at a close; measures that are nothing are missing. */
  interface Taker {
    void take(LocalDate close, List<String> cell, Map<String, BigDecimal> measures);
  }

  /** Hands over every cell and close at which any measure is not zero. */
  void forEach(Taker taker) {
    changes.forEach(
        (cell, measures) -> {
          Map<String, BigDecimal> standing = new HashMap<>();
          LocalDate before = LocalDate.MIN;
          for (LocalDate close : closes) {
            LocalDate from = before;
            measures.forEach(
                (measure, amounts) ->
                    amounts
                        .subMap(from, false, close, true)
                        .values()
                        .forEach(amount -> standing.merge(measure, amount, BigDecimal::add)));
            before = close;
            standing.values().removeIf(amount -> amount.signum() == 0);
            if (!standing.isEmpty()) {
              taker.take(close, cell, Map.copyOf(standing));
            }
          }
        });
  }

  /** Returns SQL that makes a row of each of these columns: its name as measure, and its amount. */
  static String measures(String... columns) {
    String each =
        String.join(", ", Arrays.stream(columns).map(it -> "'" + it + "', " + it).toList());
    return "STACK(" + columns.length + ", " + each + ") AS (measure, amount)";
  }
}
