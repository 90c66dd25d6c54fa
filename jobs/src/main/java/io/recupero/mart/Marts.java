package io.recupero.mart;

import io.recupero.walk.GroupWalk;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All marts of receivables, from the ledger, in one shuffle by customer.
 *
 * <p>The marts are those of one knowledge time: whoever wants an earlier view hands over a ledger
 * and invoices filtered by {@code known_at}.
 */
public final class Marts {

  /** The dimensions of every mart, in the order of its columns. */
  public static final List<String> DIMENSIONS =
      List.of(
          "portfolio_id",
          "segment",
          "country",
          "region",
          "industry",
          "company_size",
          "debt_type",
          "currency");

  private static final String NO_TEXT = "CAST(NULL AS STRING)";

  private final List<Mart> marts;
  private final LocalDate horizon;

  /**
   * Computes marts up to a day.
   *
   * @param horizon the last day that is written down, the run's as-of date
   */
  public Marts(List<Mart> marts, LocalDate horizon) {
    this.marts = List.copyOf(marts);
    this.horizon = horizon;
  }

  /** Returns the standard marts. */
  public static List<Mart> standard(AgeingScheme ageing, int graceDays) {
    return List.of(
        new BalanceMart(ageing, graceDays),
        new FlowMart(graceDays),
        new VintageMart(),
        new RecoveryMart(),
        new BillingMart(),
        new RollMart(ageing));
  }

  /**
   * Returns each mart's table, by name.
   *
   * <p>A cell may have several rows, one from each partition of the walk: they are deltas, and are
   * added up by whoever reads them.
   *
   * @param ledger events as in the contract {@code ledger.events}
   * @param invoices silver invoices, one row or more versions each; the one known last stands
   * @param attributes customer_id, valid_from and the customer's dimensions, one row a version
   */
  public Map<String, Dataset<Row>> tables(
      Dataset<Row> ledger, Dataset<Row> invoices, Dataset<Row> attributes) {
    // To walk once for each mart costs less than to keep the rows of all marts for taking apart.
    GroupWalk.Grouped customers =
        GroupWalk.group(
            attributes(attributes).unionByName(invoices(invoices)).unionByName(events(ledger)));
    int last = (int) horizon.toEpochDay();
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    for (Mart mart : marts) {
      tables.put(
          mart.table(), customers.walk(CellRows.schema(mart), () -> new MartWalker(mart, last)));
    }
    return tables;
  }

  /** Returns the names of the tables. */
  public List<String> names() {
    return marts.stream().map(Mart::table).toList();
  }

  /** Returns what decides the marts beside their inputs. */
  public Map<String, String> settings() {
    return Map.of("as_of", horizon.toString(), "marts", marts.toString());
  }

  private static Dataset<Row> attributes(Dataset<Row> attributes) {
    return rows(
        attributes,
        MartWalker.ATTRIBUTES,
        List.of("segment", "country", "region", "industry", "company_size"),
        NO_TEXT,
        List.of("UNIX_DATE(valid_from)"),
        null,
        "0");
  }

  private static Dataset<Row> invoices(Dataset<Row> invoices) {
    return rows(
        invoices,
        MartWalker.INVOICE,
        List.of("currency", "portfolio_id", "debt_type", "document_type"),
        "invoice_id",
        List.of("UNIX_DATE(issue_date)", "UNIX_DATE(due_date)", "UNIX_DATE(discount_until)"),
        "discount_amount",
        "UNIX_MICROS(known_at)");
  }

  private static Dataset<Row> events(Dataset<Row> ledger) {
    return rows(
        ledger,
        MartWalker.EVENT,
        List.of("IF(invoice_id IS NULL, currency, NULL)", "kind"),
        "invoice_id",
        List.of("UNIX_DATE(effective_on)", "UNIX_DATE(paid_on)", "sequence"),
        "amount",
        "XXHASH64(source_id)");
  }

  /**
   * Columns: customer_id, what, t0..t4, id, n0..n2, amount, known_at (of an event: a hash of its
   * source).
   */
  private static Dataset<Row> rows(
      Dataset<Row> frame,
      int what,
      List<String> texts,
      String id,
      List<String> numbers,
      String amount,
      String knownAt) {
    List<String> columns = new ArrayList<>(List.of("customer_id", what + " AS what"));
    for (int i = 0; i < 5; i++) {
      columns.add((i < texts.size() ? texts.get(i) : NO_TEXT) + " AS t" + i);
    }
    columns.add(id + " AS id");
    for (int i = 0; i < 3; i++) {
      columns.add((i < numbers.size() ? numbers.get(i) : "CAST(NULL AS INT)") + " AS n" + i);
    }
    columns.add((amount == null ? "CAST(NULL AS DECIMAL(18, 4))" : amount) + " AS amount");
    columns.add("CAST(" + knownAt + " AS BIGINT) AS known_at");
    return frame.selectExpr(columns.toArray(String[]::new));
  }
}
