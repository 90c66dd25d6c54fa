package io.recupero.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.recupero.contract.Newest;
import io.recupero.kpi.KpiRow;
import io.recupero.ledger.OwedRefunds;
import io.recupero.report.Headlines.Block;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who owes most that is overdue, in each currency.
 *
 * <p>From the ledger, because marts have no customers and the customers' features know only their
 * main currency: balances are sums of events, as the ledger's contract says, and all debtors
 * together owe what the marts say.
 */
final class DebtorsSection implements SectionMaker {

  private static final int MOST = 25;

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("debtors", "")
            .text("currency", texts.text("report.currency"))
            .number("place", texts.text("report.debtors.place"))
            .text("customer_id", texts.text("report.customer"))
            .text("name", texts.text("report.customer.name"))
            .text("segment", texts.text("report.segment"))
            .number("oldest_days", texts.text("report.debtors.oldest"))
            .number("overdue_items", texts.text("report.debtors.items"))
            .number("overdue", texts.text("report.amount.overdue"))
            .number("share", texts.text("report.debtors.share"))
            .number("open", texts.text("report.amount.open"));
    List<Row> rows =
        ranked(source)
            .where("place <= " + MOST + " AND overdue > 0")
            .orderBy("currency", "place")
            .collectAsList();
    for (String currency : source.currencies) {
      BigDecimal all =
          headlines
              .at(new Block(currency, false), Headlines.INDEX, source.asOf)
              .map(KpiRow::numerator)
              .orElse(null);
      rows.stream()
          .filter(row -> currency.equals(row.getAs("currency")))
          .forEach(row -> table.row(row(row, currency, all)));
    }
    return Optional.of(
        new Section(
            "debtors",
            texts.text("report.debtors"),
            notes(source),
            List.of(),
            List.of(table.build()),
            List.of()));
  }

  private static List<String> notes(Source source) {
    List<String> notes = new ArrayList<>();
    notes.add(source.texts.text("report.debtors.note", String.valueOf(MOST)));
    notes.addAll(Customers.notes(source));
    return notes;
  }

  private static List<Cell> row(Row row, String currency, BigDecimal all) {
    BigDecimal overdue = row.getAs("overdue");
    BigDecimal share =
        all == null || all.signum() == 0
            ? null
            : overdue.movePointRight(2).divide(all, MathContext.DECIMAL64);
    return List.of(
        Cell.text(currency),
        Cell.whole(row.<Integer>getAs("place").longValue()),
        Cell.text(row.getAs("customer_id")),
        Cell.text(row.getAs("name")),
        Cell.text(row.getAs("segment")),
        Cell.whole(row.<Integer>getAs("oldest_days").longValue()),
        Cell.whole(row.getAs("overdue_items")),
        Cell.amount(overdue, currency),
        Cell.percent(share),
        Cell.amount(row.getAs("open"), currency));
  }

  private static Dataset<Row> ranked(Source source) {
    return debtors(source)
        .withColumn(
            "place",
            expr("ROW_NUMBER() OVER (PARTITION BY currency ORDER BY overdue DESC, customer_id)"));
  }

  /** Returns a row for each customer and currency with anything open at the date. */
  static Dataset<Row> debtors(Source source) {
    Dataset<Row> balances =
        source
            .read("ledger.events")
            .where("invoice_id IS NOT NULL AND kind <> 'write_off_recovery'")
            .where("effective_on <= " + source.day())
            .groupBy("invoice_id")
            .agg(expr("SUM(amount)").as("balance"))
            .where("balance <> 0");
    String days = "DATEDIFF(" + source.day() + ", due_date)";
    String isOverdue = days + " > " + source.graceDays();
    Dataset<Row> owed =
        balances
            .join(invoices(source), col("invoice_id").equalTo(col("id")))
            .where(source.slice.filter(Slice.PORTFOLIO, Slice.CURRENCY))
            .groupBy("customer_id", "currency")
            .agg(
                expr("SUM(balance)").as("open"),
                expr("COALESCE(SUM(IF(" + isOverdue + ", balance, 0)), 0)").as("overdue"),
                expr("COUNT_IF(" + isOverdue + ")").as("overdue_items"),
                expr("MAX(IF(" + isOverdue + ", " + days + ", NULL))").as("oldest_days"));
    return Customers.with(source, owed);
  }

  /** One row an invoice: the version known last, due when it can be paid. */
  static Dataset<Row> invoices(Source source) {
    return Newest.of(
            OwedRefunds.with(source.read(source.invoices()), source.read("ledger.events")),
            "invoice_id",
            "customer_id",
            "due_date",
            "currency",
            "portfolio_id")
        .withColumnRenamed("invoice_id", "id");
  }
}
