package io.recupero.ledger;

import io.recupero.TestSpark;
import io.recupero.contract.Contracts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Valid canonical files as silver frames, without the judge: for tests of what comes after it. */
public final class PlainSilver {

  private PlainSilver() {}

  public static SilverFrames of(Path folder, String zone) {
    return Carried.into(plain(folder, zone));
  }

  private static SilverFrames plain(Path folder, String zone) {
    return new SilverFrames(
        read(folder, "invoices", zone, "issue_date").orElseThrow(),
        read(folder, "payments", zone, "paid_on"),
        read(folder, "payment_applications", zone, "applied_on")
            .map(
                a ->
                    a.drop("known_at")
                        .join(
                            read(folder, "payments", zone, "paid_on")
                                .orElseThrow()
                                .select("payment_id", "known_at"),
                            "payment_id")),
        Optional.empty(),
        read(folder, "adjustments", zone, "effective_on"),
        read(folder, "refunds", zone, "refunded_on"));
  }

  /** The ledger of a folder of valid canonical files. */
  public static Dataset<Row> ledger(Path folder, String zone) {
    StructType schema = Contracts.load().contract("ledger.events").schema();
    return Ledger.events(of(folder, zone), schema, true);
  }

  private static Optional<Dataset<Row>> read(Path folder, String table, String zone, String date) {
    Path file = folder.resolve(table + ".csv");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Dataset<Row> text =
        TestSpark.session()
            .read()
            .option("header", true)
            .option("multiLine", true)
            .csv(file.toString());
    for (String column : new String[] {"reverses_adjustment_id", "payment_amount", "plan_id"}) {
      if (!java.util.List.of(text.columns()).contains(column)) {
        text = text.withColumn(column, org.apache.spark.sql.functions.lit(null).cast("string"));
      }
    }
    for (String column : text.columns()) {
      if (column.endsWith("amount")) {
        text = text.withColumn(column, text.col(column).cast("decimal(18,4)"));
      } else if (column.endsWith("_date") || column.endsWith("_on") || column.endsWith("_until")) {
        text = text.withColumn(column, text.col(column).cast("date"));
      }
    }
    String known = "TO_UTC_TIMESTAMP(CAST(DATE_ADD(" + date + ", 1) AS TIMESTAMP), '" + zone + "')";
    if (java.util.List.of(text.columns()).contains("recorded_at")) {
      known = "COALESCE(CAST(recorded_at AS TIMESTAMP), " + known + ")";
    }
    return Optional.of(text.withColumn("known_at", org.apache.spark.sql.functions.expr(known)));
  }
}
