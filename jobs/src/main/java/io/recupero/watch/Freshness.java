package io.recupero.watch;

import io.recupero.contract.Text;
import io.recupero.watch.CheckRules.Rule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How old the newest records are at the as-of date: files that stopped coming look like debtors
 * that stopped paying. What is dated after the as-of date does not count.
 */
final class Freshness {

  /** The date that a record of an input is about. */
  private static final Map<String, String> DATES =
      new TreeMap<>(Map.of("invoices", "issue_date", "payments", "paid_on"));

  private final RunTables tables;
  private final LocalDate asOf;

  Freshness(RunTables tables, LocalDate asOf) {
    this.tables = tables;
    this.asOf = asOf;
  }

  /** Returns one finding for each of the inputs that was ever delivered. */
  List<Check> look(Rule rule) {
    Dataset<Row> newest = null;
    for (Map.Entry<String, String> input : DATES.entrySet()) {
      if (tables.has(input.getKey())) {
        Dataset<Row> own = newest(input.getKey(), input.getValue());
        newest = newest == null ? own : newest.unionByName(own);
      }
    }
    List<Check> checks = new ArrayList<>();
    if (newest != null) {
      newest.collectAsList().forEach(row -> checks.add(check(row, rule)));
    }
    return checks;
  }

  private Dataset<Row> newest(String input, String date) {
    return tables
        .read("silver." + input)
        .where("%s <= DATE'%s'".formatted(date, asOf))
        .selectExpr(
            "'%s' AS input".formatted(input), "CAST(MAX(%s) AS STRING) AS newest".formatted(date));
  }

  private Check check(Row row, Rule rule) {
    String input = row.getAs("input");
    String date = DATES.get(input);
    String newest = row.getAs("newest");
    BigDecimal limit = rule.limit("days");
    String slice = Slice.of(Map.of("table", input));
    if (newest == null) {
      return new Check(
          CheckRules.FRESHNESS,
          slice,
          rule.severity(),
          false,
          null,
          limit,
          new Text(
              "%s: ningún registro con %s hasta el %s.".formatted(input, date, asOf),
              "%s: no record has its %s on or before %s.".formatted(input, date, asOf)));
    }
    BigDecimal days = BigDecimal.valueOf(ChronoUnit.DAYS.between(LocalDate.parse(newest), asOf));
    return new Check(
        CheckRules.FRESHNESS,
        slice,
        rule.severity(),
        days.compareTo(limit) <= 0,
        days,
        limit,
        new Text(
            "%s: el %s más reciente es %s, %s días antes del %s; se admiten %s."
                .formatted(input, date, newest, days, asOf, Said.es(limit)),
            "%s: the newest %s is %s, %s days before %s; %s are allowed."
                .formatted(input, date, newest, days, asOf, Said.en(limit))));
  }
}
