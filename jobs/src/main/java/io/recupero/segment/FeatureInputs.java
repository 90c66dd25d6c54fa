package io.recupero.segment;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What features are made of: the ledger's events and silver frames, with all versions of their
 * records and their {@code known_at}; the version that stood at a date is found here.
 *
 * <p>A table the source does not have is empty here, and the features that need it are null. A
 * table that is there without rows gives zeros.
 *
 * @param adjustments only whether it is there matters: its amounts are in the ledger
 */
public record FeatureInputs(
    Dataset<Row> events,
    Dataset<Row> invoices,
    Optional<Dataset<Row>> payments,
    Optional<Dataset<Row>> adjustments,
    Optional<Dataset<Row>> customers,
    Optional<Dataset<Row>> contacts,
    Optional<Dataset<Row>> promises,
    Optional<Dataset<Row>> disputes,
    Optional<Dataset<Row>> plans) {}
