package io.recupero.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes credit notes of negative invoices, where a mapping or the settings say {@code negative_as:
 * credit_note}: many systems export them so. One that says {@code credited_invoice_id} is a credit
 * note on that invoice; another is credit of its customer, in its currency.
 */
final class NegativeInvoices {

  static final String TABLE = "invoices";

  /** A column that invoices may have for this alone, and that their records do not keep. */
  static final String CREDITED = "credited_invoice_id";

  private static final String AMOUNT = "amount";
  private static final String ADJUSTMENTS = "adjustments";

  private NegativeInvoices() {}

  /** Moves the negative ones of a frame of invoices to one of adjustments. */
  static Map<String, Dataset<Row>> split(Dataset<Row> invoices) {
    Column amount = col(AMOUNT).try_cast("decimal(38,10)");
    Column negative = coalesce(amount.lt(0), lit(false));
    return Map.of(
        TABLE, invoices.where(not(negative)), ADJUSTMENTS, credits(invoices.where(negative)));
  }

  private static Dataset<Row> credits(Dataset<Row> negative) {
    Column invoice = ifThere(CREDITED, negative);
    return negative.select(
        col("invoice_id").as("adjustment_id"),
        invoice.as("invoice_id"),
        lit("credit_note").as("kind"),
        col("issue_date").as("effective_on"),
        regexp_replace(col(AMOUNT), "^-", "").as(AMOUNT),
        when(invoice.isNull(), col("customer_id")).as("customer_id"),
        when(invoice.isNull(), col("currency")).as("currency"),
        ifThere("company_id", negative).as("company_id"),
        ifThere("recorded_at", negative).as("recorded_at"),
        ifThere(Lineage.FINDINGS, negative).as(Lineage.FINDINGS),
        regexp_replace(
                ifThere(Lineage.WRITTEN, negative), "invalid_issue_date", "invalid_effective_on")
            .as(Lineage.WRITTEN),
        ifThere(Lineage.ROUNDING, negative).as(Lineage.ROUNDING),
        col(TextSpec.FILE),
        col(TextSpec.RECORD),
        col(RawFrames.RAW),
        col(TextSpec.PROBLEM));
  }

  private static Column ifThere(String column, Dataset<Row> frame) {
    return Arrays.asList(frame.columns()).contains(column) ? col(column) : lit(null).cast("string");
  }
}
