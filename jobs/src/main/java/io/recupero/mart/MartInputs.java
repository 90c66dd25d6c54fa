package io.recupero.mart;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What marts are made of.
 *
 * @param ledger events as in the contract {@code ledger.events}
 * @param invoices silver invoices, one row or more versions each; the one known last stands
 * @param attributes customer_id, valid_from and the customer's dimensions, one row a version
 * @param work the record of the work of collecting, as {@link WorkRows} shapes it, as far as the
 *     marts need any
 * @param delivered which inputs of that record the source has
 * @param lookups what is looked up, as far as the marts need anything
 */
public record MartInputs(
    Dataset<Row> ledger,
    Dataset<Row> invoices,
    Dataset<Row> attributes,
    Optional<Dataset<Row>> work,
    Set<String> delivered,
    Optional<Lookups> lookups) {

  /** Makes the inputs of marts that need no record of work. */
  public MartInputs(Dataset<Row> ledger, Dataset<Row> invoices, Dataset<Row> attributes) {
    this(ledger, invoices, attributes, Optional.empty(), Set.of(), Optional.empty());
  }

  /**
   * Returns each customer that has invoices, how many, and by what its figures are told apart: the
   * attributes known last. Customers of the same attributes add to the same cells.
   */
  Dataset<Row> alike() {
    Dataset<Row> sizes = invoices.groupBy("customer_id").agg(count(lit(1)).as("invoices"));
    Column last =
        max_by(
            struct(Marts.OF_CUSTOMERS.stream().map(Column::new).toArray(Column[]::new)),
            coalesce(col("valid_from"), lit(LocalDate.EPOCH)));
    return sizes.join(
        attributes.groupBy("customer_id").agg(last.as("attributes")),
        CollectionConverters.asScala(List.of("customer_id")).toSeq(),
        "left");
  }

  /** Returns the same with what is looked up. */
  public MartInputs with(Lookups known) {
    return new MartInputs(ledger, invoices, attributes, work, delivered, Optional.of(known));
  }

  /**
   * Returns the same with the record of work.
   *
   * @param zone the creditor's time zone, in which a contact's day is told
   */
  public MartInputs with(WorkFrames frames, ZoneId zone) {
    return new MartInputs(
        ledger,
        invoices,
        attributes,
        frames.frames().isEmpty()
            ? Optional.empty()
            : Optional.of(WorkRows.of(frames, invoices, zone)),
        frames.frames().keySet(),
        lookups);
  }
}
