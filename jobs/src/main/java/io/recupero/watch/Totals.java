package io.recupero.watch;

import io.recupero.contract.Text;
import io.recupero.summary.BridgeJob;
import io.recupero.watch.Check.Severity;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Whether totals add up to the cent, as the tables of {@link BridgeJob} tell. */
final class Totals {

  private final RunTables tables;

  Totals(RunTables tables) {
    this.tables = tables;
  }

  /** Compares the ledger and the marts: one finding for each balance and currency. */
  List<Check> reconciliation(Severity severity) {
    return tables
        .read(BridgeJob.RECONCILIATION)
        .selectExpr("CAST(as_of AS STRING) AS as_of", "what", "currency", "difference")
        .collectAsList()
        .stream()
        .map(row -> reconciled(row, severity))
        .toList();
  }

  private static Check reconciled(Row row, Severity severity) {
    BigDecimal difference = row.getAs("difference");
    String what = row.getAs("what");
    String currency = row.getAs("currency");
    String date = row.getAs("as_of");
    Map<String, String> slice = new LinkedHashMap<>();
    slice.put("what", what);
    slice.put("currency", currency);
    String amount = difference.stripTrailingZeros().toPlainString();
    Text text =
        difference.signum() == 0
            ? new Text(
                "El libro y las tablas de cifras coinciden en %s, %s, al %s."
                    .formatted(what, currency, date),
                "The ledger and the marts agree on what is %s, %s, at %s."
                    .formatted(what, currency, date))
            : new Text(
                "El libro y las tablas de cifras difieren en %s %s en lo %s al %s."
                    .formatted(amount, currency, what, date),
                "The ledger and the marts differ by %s %s in what is %s at %s."
                    .formatted(amount, currency, what, date));
    return check(CheckRules.RECONCILIATION, slice, severity, difference, text);
  }

  /** Looks at the bridges of all months and portfolios: one finding for each currency. */
  List<Check> bridge(Severity severity) {
    return tables
        .read(BridgeJob.BRIDGE)
        .groupBy("currency")
        .agg(
            org.apache.spark.sql.functions.expr(
                "MAX_BY(STRUCT(CAST(as_of AS STRING) AS as_of, COALESCE(portfolio_id, '') AS portfolio_id, difference),"
                    + " ABS(difference)) AS worst"),
            org.apache.spark.sql.functions.expr("COUNT_IF(difference <> 0) AS broken"))
        .selectExpr("currency", "broken", "worst.*")
        .collectAsList()
        .stream()
        .map(row -> bridged(row, severity))
        .toList();
  }

  private static Check bridged(Row row, Severity severity) {
    BigDecimal difference = row.getAs("difference");
    String currency = row.getAs("currency");
    Map<String, String> slice = new LinkedHashMap<>();
    slice.put("currency", currency);
    String amount = difference.stripTrailingZeros().toPlainString();
    Text text =
        difference.signum() == 0
            ? new Text(
                "El puente de cada mes cierra en %s.".formatted(currency),
                "The bridge of every month adds up in %s.".formatted(currency))
            : new Text(
                "El puente del mes al %s no cierra en %s, cartera %s: sobran %s; puentes que no cierran: %d."
                    .formatted(
                        row.getAs("as_of"),
                        currency,
                        row.getAs("portfolio_id"),
                        amount,
                        row.<Long>getAs("broken")),
                "The bridge of the month to %s does not add up in %s, portfolio %s: %s is left over; bridges that do not add up: %d."
                    .formatted(
                        row.getAs("as_of"),
                        currency,
                        row.getAs("portfolio_id"),
                        amount,
                        row.<Long>getAs("broken")));
    return check(CheckRules.MONTH_BRIDGE, slice, severity, difference, text);
  }

  private static Check check(
      String check,
      Map<String, String> slice,
      Severity severity,
      BigDecimal difference,
      Text text) {
    return new Check(
        check,
        Slice.of(slice),
        severity,
        difference.signum() == 0,
        difference,
        BigDecimal.ZERO,
        text);
  }
}
