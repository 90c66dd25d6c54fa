package io.recupero.mart;

import io.recupero.mart.MartWalker.Role;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Attributes, invoices and events in the one shape that {@link DebtorRows} takes. */
final class MartRows {

  private static final String NO_TEXT = "CAST(NULL AS STRING)";

  private MartRows() {}

  static Dataset<Row> of(MartInputs inputs, Role role) {
    Dataset<Row> rows =
        attributes(inputs.attributes(), role)
            .unionByName(invoices(inputs.invoices(), role))
            .unionByName(events(inputs.ledger(), role));
    return inputs.work().map(work -> rows.unionByName(work(work, role))).orElse(rows);
  }

  private static Dataset<Row> work(Dataset<Row> work, Role role) {
    return rows(
        work,
        DebtorRows.code(DebtorRows.WORK, role),
        List.of(),
        "id",
        List.of("kind"),
        null,
        "known_at",
        "texts, numbers");
  }

  private static Dataset<Row> attributes(Dataset<Row> attributes, Role role) {
    return rows(
        attributes,
        DebtorRows.code(DebtorRows.ATTRIBUTES, role),
        Marts.OF_CUSTOMERS,
        NO_TEXT,
        List.of("UNIX_DATE(valid_from)"),
        null,
        "0");
  }

  private static Dataset<Row> invoices(Dataset<Row> invoices, Role role) {
    return rows(
        invoices,
        DebtorRows.code(DebtorRows.INVOICE, role),
        List.of("currency", "portfolio_id", "debt_type", "document_type"),
        "invoice_id",
        List.of("UNIX_DATE(issue_date)", "UNIX_DATE(due_date)", "UNIX_DATE(discount_until)"),
        "discount_amount",
        "UNIX_MICROS(known_at)");
  }

  private static Dataset<Row> events(Dataset<Row> ledger, Role role) {
    return rows(
        ledger,
        DebtorRows.code(DebtorRows.EVENT, role),
        List.of("IF(invoice_id IS NULL OR kind = 'refund', currency, NULL)", "kind"),
        "invoice_id",
        List.of("UNIX_DATE(effective_on)", "UNIX_DATE(paid_on)", "sequence"),
        "amount",
        "XXHASH64(source_id)");
  }

  /**
   * Columns: customer_id, what, t0..t4, id, n0..n2, amount, known_at (of an event: a hash of its
   * source), texts and numbers (of a record of work).
   */
  private static Dataset<Row> rows(
      Dataset<Row> frame,
      int what,
      List<String> texts,
      String id,
      List<String> numbers,
      String amount,
      String knownAt) {
    return rows(
        frame,
        what,
        texts,
        id,
        numbers,
        amount,
        knownAt,
        "CAST(NULL AS ARRAY<STRING>) AS texts, CAST(NULL AS ARRAY<BIGINT>) AS numbers");
  }

  private static Dataset<Row> rows(
      Dataset<Row> frame,
      int what,
      List<String> texts,
      String id,
      List<String> numbers,
      String amount,
      String knownAt,
      String work) {
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
    columns.addAll(List.of(work.split(", ")));
    return frame.selectExpr(columns.toArray(String[]::new));
  }
}
