package io.recupero.mart;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.recupero.ledger.Money;
import io.recupero.walk.GroupWalk;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

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

  private static final StructType CELLS = cells();
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
   * Returns all deltas of all marts as one frame, for {@link #mart} to take apart: worth caching.
   *
   * @param ledger events as in the contract {@code ledger.events}
   * @param invoices silver invoices, one row or more versions each; the one known last stands
   * @param attributes customer_id, valid_from and the customer's dimensions, one row a version
   */
  public Dataset<Row> deltas(Dataset<Row> ledger, Dataset<Row> invoices, Dataset<Row> attributes) {
    Dataset<Row> rows =
        attributes(attributes).unionByName(invoices(invoices)).unionByName(events(ledger));
    List<Mart> all = marts;
    int last = (int) horizon.toEpochDay();
    return GroupWalk.over(rows, CELLS, () -> new MartWalker(all, last));
  }

  /** Returns the names of the tables. */
  public List<String> names() {
    return marts.stream().map(Mart::table).toList();
  }

  /** Returns what decides the marts beside their inputs. */
  public Map<String, String> settings() {
    return Map.of("as_of", horizon.toString(), "marts", marts.toString());
  }

  /** Returns each mart's table, by name. */
  public Map<String, Dataset<Row>> tables(Dataset<Row> deltas) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    for (int i = 0; i < marts.size(); i++) {
      tables.put(marts.get(i).table(), table(deltas, i));
    }
    return tables;
  }

  private Dataset<Row> table(Dataset<Row> deltas, int index) {
    Mart mart = marts.get(index);
    List<Column> keys = new ArrayList<>();
    keys.add(col("day"));
    DIMENSIONS.forEach(name -> keys.add(col(name)));
    if (mart.keys().text() != null) {
      keys.add(col("text_key").as(mart.keys().text()));
    }
    if (mart.keys().second() != null) {
      keys.add(col("second_key").as(mart.keys().second()));
    }
    if (mart.keys().number() != null) {
      keys.add(col("number_key").as(mart.keys().number()));
    }
    List<Column> sums = new ArrayList<>();
    List<String> any = new ArrayList<>();
    for (int i = 0; i < mart.parts().size(); i++) {
      sums.add(sum(mart.parts().get(i), i));
      any.add("`" + mart.parts().get(i).name() + "` <> 0");
    }
    return deltas
        .where(col("mart").equalTo(index))
        .groupBy(keys.toArray(Column[]::new))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .where(String.join(" OR ", any));
  }

  private static Column sum(Part part, int index) {
    if (!part.isAmount()) {
      return expr("SUM(parts[" + index + "])").as(part.name());
    }
    // Whole minor units until the end: a sum beyond a long fails (ANSI), it never wraps around.
    return expr("CAST(SUM(parts[" + index + "]) * MAX(unit) AS DECIMAL(38, 4))").as(part.name());
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
        List.of("currency", "kind", "source_id"),
        "invoice_id",
        List.of("UNIX_DATE(effective_on)", "UNIX_DATE(paid_on)", "sequence"),
        "amount",
        "0");
  }

  /** Columns: customer_id, what, t0..t4, id, n0..n2, amount, known_at. */
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

  private static StructType cells() {
    StructType cells =
        new StructType()
            .add("mart", DataTypes.IntegerType, false)
            .add("day", DataTypes.DateType, false);
    for (String dimension : DIMENSIONS) {
      cells = cells.add(dimension, DataTypes.StringType, true);
    }
    return cells
        .add("text_key", DataTypes.StringType, true)
        .add("second_key", DataTypes.StringType, true)
        .add("number_key", DataTypes.IntegerType, false)
        .add("unit", DataTypes.createDecimalType(5, Money.SCALE), false)
        .add("parts", DataTypes.createArrayType(DataTypes.LongType, false), false);
  }
}
