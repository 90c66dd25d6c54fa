package io.recupero.oracle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads canonical CSV files as text into tables raw_x; what a folder or a file lacks stays empty.
 */
final class OracleFiles {

  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "customers",
          List.of(
              "customer_id",
              "country",
              "region",
              "industry",
              "company_size",
              "segment",
              "valid_from"),
          "invoices",
          List.of(
              "invoice_id",
              "customer_id",
              "issue_date",
              "due_date",
              "amount",
              "currency",
              "document_type",
              "portfolio_id",
              "debt_type",
              "plan_id",
              "discount_until",
              "discount_amount",
              "recorded_at"),
          "payments",
          List.of(
              "payment_id",
              "customer_id",
              "paid_on",
              "amount",
              "currency",
              "reverses_payment_id",
              "recorded_at"),
          "payment_applications",
          List.of("payment_id", "invoice_id", "applied_on", "amount", "payment_amount"),
          "refunds",
          List.of(
              "refund_id",
              "customer_id",
              "refunded_on",
              "amount",
              "currency",
              "payment_id",
              "recorded_at"),
          "adjustments",
          List.of(
              "adjustment_id",
              "invoice_id",
              "kind",
              "effective_on",
              "amount",
              "plan_id",
              "reverses_adjustment_id",
              "recorded_at"),
          "contacts",
          List.of(
              "contact_id",
              "customer_id",
              "started_at",
              "direction",
              "invoice_id",
              "cost",
              "currency"),
          "fx_rates",
          List.of("rate_date", "from_currency", "to_currency", "rate"));

  private OracleFiles() {}

  static void read(Path folder, Connection duck) throws SQLException {
    try (Statement statement = duck.createStatement()) {
      for (Map.Entry<String, List<String>> table : COLUMNS.entrySet()) {
        String name = table.getKey();
        List<String> columns = table.getValue();
        statement.execute(
            "CREATE TABLE raw_" + name + " (" + String.join(" VARCHAR, ", columns) + " VARCHAR)");
        Path file = folder.resolve(name + ".csv");
        if (Files.exists(file)) {
          String source =
              "read_csv('"
                  + file.toAbsolutePath().toString().replace("'", "''")
                  + "', all_varchar = true, header = true, delim = ',', quote = '\"', escape ="
                  + " '\"')";
          List<String> present = new ArrayList<>(columns);
          present.retainAll(header(statement, source));
          statement.execute(
              present.stream()
                  .map(column -> "nullif(trim(" + column + "), '') AS " + column)
                  .collect(
                      Collectors.joining(
                          ", ",
                          "INSERT INTO raw_" + name + " BY NAME SELECT ",
                          " FROM " + source)));
        }
      }
    }
  }

  private static List<String> header(Statement statement, String source) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("DESCRIBE FROM " + source)) {
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
    }
    return columns;
  }
}
