package io.recupero.mart;

import static org.apache.spark.sql.functions.countDistinct;

import io.recupero.plan.Inputs;
import io.recupero.plan.Since;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Of whom anything has come since a job of marts ran last. */
final class News {

  private static final String CUSTOMER = "customer_id";
  private static final String INVOICE = "invoice_id";
  private static final String DISPUTES = "silver.disputes";

  private final Since since;
  private Dataset<Row> customers;
  private boolean isTold = true;

  private News(Since since) {
    this.since = since;
    Dataset<Row> invoices = since.now().read(MartJob.INVOICES);
    this.customers = invoices.select(CUSTOMER).limit(0);
  }

  /**
   * Returns the day that the marts were made up to the last time; empty where they were made by
   * other settings, or further than they are wanted now.
   */
  static Optional<LocalDate> lastDay(Since since, Map<String, String> settings, Marts marts) {
    Map<String, String> before = new HashMap<>(since.settings());
    Map<String, String> now = new HashMap<>(settings);
    LocalDate last = LocalDate.parse(before.remove(Marts.AS_OF));
    now.remove(Marts.AS_OF);
    return before.equals(now) && !marts.horizon().isBefore(last)
        ? Optional.of(last)
        : Optional.empty();
  }

  /**
   * Returns the customers of new records of tables and of other attributes; empty where a table
   * does not tell what is new in it.
   *
   * @param tables tables that name a customer, and silver.disputes, which name an invoice
   */
  static Optional<Dataset<Row>> of(Since since, List<String> tables) {
    News news = new News(since);
    news.attributes();
    tables.forEach(news::table);
    return news.isTold ? Optional.of(news.customers) : Optional.empty();
  }

  /** Returns the customers that owe in several currencies: what they owe depends on rates. */
  static Dataset<Row> ofSeveralCurrencies(Inputs inputs) {
    return inputs
        .read(MartJob.INVOICES)
        .groupBy(CUSTOMER)
        .agg(countDistinct("currency").as("currencies"))
        .where("currencies > 1")
        .select(CUSTOMER);
  }

  private void table(String table) {
    Optional<Dataset<Row>> added = since.added(table);
    isTold &= added.isPresent();
    added
        .filter(rows -> !Since.isNothing(rows))
        .ifPresent(rows -> add(table.equals(DISPUTES) ? parties(rows) : rows));
  }

  /** A dispute is the matter of every customer that ever had its invoice. */
  private Dataset<Row> parties(Dataset<Row> disputes) {
    return since
        .now()
        .read(MartJob.INVOICES)
        .join(disputes.select(INVOICE).distinct(), INVOICE)
        .select(CUSTOMER);
  }

  private void attributes() {
    Optional<Dataset<Row>> added = since.added(MartJob.ATTRIBUTES);
    if (added.isPresent()) {
      table(MartJob.ATTRIBUTES);
      return;
    }
    Dataset<Row> before = MartJob.attributes(since.before());
    Dataset<Row> now = MartJob.attributes(since.now());
    add(now.exceptAll(before));
    add(before.exceptAll(now));
  }

  private void add(Dataset<Row> rows) {
    customers = customers.unionByName(rows.select(CUSTOMER));
  }
}
