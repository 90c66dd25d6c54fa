package io.recupero.mart;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What marts are made of.
 *
 * @param ledger events as in the contract {@code ledger.events}
 * @param invoices silver invoices, one row or more versions each; the one known last stands
 * @param attributes customer_id, valid_from and the customer's dimensions, one row a version
 */
public record MartInputs(Dataset<Row> ledger, Dataset<Row> invoices, Dataset<Row> attributes) {}
