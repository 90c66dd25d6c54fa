package io.recupero.ledger;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Records whose versions do not agree on customer or currency. They are few, and they alone can
 * make wrong what silver carries of them, or join customers that do not pay for each other.
 *
 * @param moved the records of each table that has such, keyed by {@link File}'s names of tables
 */
record Corrections(Map<String, List<Moved>> moved) {

  /** Up to so many repeated keys are looked for by a broadcast: some 100 MB of keys. */
  private static final long MOST_BROADCAST = 1_000_000;

  /**
   * A record that moved.
   *
   * @param customers all it ever belonged to
   * @param customer whose it is in its last version
   * @param currency of its last version
   */
  record Moved(String key, List<String> customers, String customer, String currency) {}

  /** Looks through all tables that name a customer; a look at one flag where nothing repeats. */
  static Corrections of(SilverFrames silver) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put(
        File.INVOICES, versions(Optional.of(silver.invoices()), "invoice_id", "customer_id"));
    tables.put(File.PAYMENTS, versions(silver.payments(), "payment_id", "customer_id"));
    tables.put(File.ADJUSTMENTS, versions(silver.adjustments(), "adjustment_id", "owner_id"));
    tables.put(File.REFUNDS, versions(silver.refunds(), "refund_id", "customer_id"));
    tables.values().removeIf(Objects::isNull);
    Map<String, List<Moved>> moved = new LinkedHashMap<>();
    repeated(tables).forEach((table, keys) -> moved.put(table, moved(tables.get(table), keys)));
    moved.values().removeIf(List::isEmpty);
    return new Corrections(moved);
  }

  List<Moved> of(String table) {
    return moved.getOrDefault(table, List.of());
  }

  private static Dataset<Row> versions(Optional<Dataset<Row>> frame, String key, String customer) {
    String currency = customer.equals("owner_id") ? "invoice_currency" : "currency";
    return frame
        .map(
            versions ->
                versions.selectExpr(
                    key + " AS key",
                    customer + " AS customer",
                    currency + " AS currency",
                    "known_at",
                    "_repeated"))
        .orElse(null);
  }

  /** How many versions of each table are of a key that was said before; tables with some only. */
  private static Map<String, Long> repeated(Map<String, Dataset<Row>> tables) {
    List<Dataset<Row>> flags = new ArrayList<>();
    tables.forEach(
        (table, frame) -> flags.add(frame.where("_repeated").select(lit(table).as("repeated_in"))));
    return flags.stream()
        .reduce(Dataset::unionAll)
        .orElseThrow()
        .groupBy("repeated_in")
        .count()
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
  }

  private static List<Moved> moved(Dataset<Row> versions, long repeated) {
    Dataset<Row> keys = versions.where("_repeated").select("key").distinct();
    Dataset<Row> ofThose =
        repeated > MOST_BROADCAST ? versions : versions.join(broadcast(keys), "key", "left_semi");
    return ofThose
        .where("key IS NOT NULL")
        .groupBy("key")
        .agg(
            expr("COLLECT_SET(customer) AS customers"),
            expr("COUNT(DISTINCT currency) AS currencies"),
            expr("MAX_BY(customer, known_at) AS customer"),
            expr("MAX_BY(currency, known_at) AS currency"))
        .where("SIZE(customers) > 1 OR currencies > 1")
        .selectExpr("key", "customers", "customer", "currency")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Moved(
                    row.getString(0), row.<String>getList(1), row.getString(2), row.getString(3)))
        .toList();
  }
}
