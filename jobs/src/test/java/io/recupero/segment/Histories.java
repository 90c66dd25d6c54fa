package io.recupero.segment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.recupero.TestSpark;
import io.recupero.contract.Contract;
import io.recupero.contract.ContractColumn;
import io.recupero.contract.Contracts;
import io.recupero.ledger.Carried;
import io.recupero.ledger.Ledger;
import io.recupero.ledger.SilverFrames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A history in silver frames, written as small tables or read from canonical files. */
public final class Histories {

  public static final ZoneId ZONE = ZoneId.of("America/Santiago");

  private static final Contracts CONTRACTS = Contracts.load();
  private static final List<String> TABLES =
      List.of(
          "invoices",
          "payments",
          "payment_applications",
          "adjustments",
          "refunds",
          "customers",
          "contacts",
          "promises",
          "disputes",
          "plans");

  private final Map<String, Dataset<Row>> tables = new LinkedHashMap<>();

  /** Adds a table: a header and rows, cells between bars; an empty cell is null. */
  public Histories with(String table, String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    String[] header = cells(lines.get(0));
    StructType schema = new StructType();
    for (String name : header) {
      schema = schema.add(name, DataTypes.StringType);
    }
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      Object[] cells =
          Arrays.stream(cells(line)).map(cell -> cell.isEmpty() ? null : cell).toArray();
      rows.add(RowFactory.create(Arrays.copyOf(cells, header.length)));
    }
    tables.put(table, typed(table, TestSpark.session().createDataFrame(rows, schema)));
    return this;
  }

  public static Histories read(Path folder) {
    Histories histories = new Histories();
    for (String table : TABLES) {
      Path file = folder.resolve(table + ".csv");
      if (Files.exists(file)) {
        Dataset<Row> text =
            TestSpark.session()
                .read()
                .option("header", true)
                .option("multiLine", true)
                .csv(file.toString());
        histories.tables.put(table, histories.typed(table, text).cache());
      }
    }
    return histories;
  }

  /** Returns the history with every table seen through {@code view}. */
  public Histories mapped(UnaryOperator<Dataset<Row>> view) {
    Histories seen = new Histories();
    tables.forEach((table, frame) -> seen.tables.put(table, view.apply(frame)));
    return seen;
  }

  /** Returns the history with one table seen through {@code view}. */
  Histories mapped(String table, UnaryOperator<Dataset<Row>> view) {
    Histories seen = without(table);
    seen.tables.put(table, view.apply(tables.get(table)));
    return seen;
  }

  Histories without(String table) {
    Histories fewer = new Histories();
    fewer.tables.putAll(tables);
    fewer.tables.remove(table);
    return fewer;
  }

  Dataset<Row> table(String table) {
    return tables.get(table);
  }

  public FeatureInputs inputs() {
    Dataset<Row> invoices = tables.get("invoices");
    Optional<Dataset<Row>> applications = find("payment_applications");
    // An application to an invoice nobody knows waits in quarantine, its money kept back.
    Optional<Dataset<Row>> waiting =
        applications.map(
            all ->
                all.join(
                        invoices.selectExpr("invoice_id AS known_id"),
                        expr("invoice_id = known_id"),
                        "left_anti")
                    .selectExpr(
                        "CONCAT_WS('|', payment_id, invoice_id, applied_on) AS id",
                        "payment_id",
                        "COALESCE(payment_amount, amount) AS amount",
                        "known_at"));
    SilverFrames silver =
        new SilverFrames(
            invoices,
            find("payments"),
            applications,
            waiting,
            find("adjustments"),
            find("refunds"));
    return new FeatureInputs(
        Ledger.events(Carried.into(silver), CONTRACTS.contract("ledger.events").schema(), true),
        invoices,
        find("payments"),
        find("adjustments"),
        find("customers"),
        find("contacts"),
        find("promises"),
        find("disputes"),
        find("plans"));
  }

  private Optional<Dataset<Row>> find(String table) {
    return Optional.ofNullable(tables.get(table));
  }

  private static String[] cells(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
  }

  private Dataset<Row> typed(String table, Dataset<Row> text) {
    Contract contract = CONTRACTS.input(table);
    Dataset<Row> typed = text;
    List<String> given = List.of(text.columns());
    for (ContractColumn column : contract.columns()) {
      typed =
          typed.withColumn(
              column.name(),
              given.contains(column.name())
                  ? col(column.name()).cast(column.type())
                  : lit(null).cast(column.type()));
    }
    if (table.equals("payment_applications")) {
      Dataset<Row> payments =
          tables.get("payments").selectExpr("payment_id", "known_at", "paid_on");
      return typed
          .join(payments, "payment_id")
          .withColumn("known_at", expr("GREATEST(known_at, " + endOf("applied_on") + ")"));
    }
    String date = contract.mainDate().orElseThrow();
    String known = date.equals("started_at") ? date : endOf(date);
    known = "COALESCE(" + known + ", TIMESTAMP'1900-01-01 00:00:00')";
    if (contract.names().contains("recorded_at")) {
      known = "COALESCE(recorded_at, " + known + ")";
    }
    return typed.withColumn("known_at", expr(known));
  }

  private static String endOf(String date) {
    return "TO_UTC_TIMESTAMP(CAST(DATE_ADD(%s, 1) AS TIMESTAMP), '%s') - INTERVAL '0.000001' SECOND"
        .formatted(date, ZONE.getId());
  }
}
