package io.recupero.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Promises that stand at the date and fall due in the fortnight after it. */
final class PromisesSection implements SectionMaker {

  private static final int DAYS = 14;
  private static final int MOST = 1000;

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    if (!source.marts.has("promises")) {
      return Optional.empty();
    }
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("promises", "")
            .text("due_on", texts.text("report.promises.due"))
            .number("days", texts.text("report.promises.days"))
            .text("currency", texts.text("report.currency"))
            .number("amount", texts.text("report.promises.amount"))
            .text("customer_id", texts.text("report.customer"))
            .text("name", texts.text("report.customer.name"))
            .text("segment", texts.text("report.segment"))
            .text("made_on", texts.text("report.promises.made"))
            .text("invoice_id", texts.text("report.invoice"))
            .text("promise_id", texts.text("report.promises.id"));
    List<Row> rows =
        due(source)
            .orderBy(col("due_on"), col("currency"), col("amount").desc(), col("promise_id"))
            .limit(MOST + 1)
            .collectAsList();
    rows.stream().limit(MOST).forEach(row -> table.row(row(source, row)));
    List<String> notes =
        new ArrayList<>(List.of(texts.text("report.promises.note", String.valueOf(DAYS))));
    notes.addAll(Customers.notes(source));
    if (source.slice.portfolio() != null) {
      notes.add(texts.text("report.promises.note.portfolio"));
    }
    if (rows.size() > MOST) {
      notes.add(texts.text("report.promises.note.most", String.valueOf(MOST)));
    }
    return Optional.of(
        new Section(
            "promises",
            texts.text("report.promises"),
            notes,
            List.of(),
            List.of(table.build()),
            List.of()));
  }

  private static Dataset<Row> due(Source source) {
    Dataset<Row> standing =
        source
            .read("silver.promises")
            .groupBy("promise_id")
            .agg(
                expr("MAX_BY(STRUCT(customer_id, made_on, due_on, amount, currency, invoice_id,"
                        + " cancelled_on), known_at)")
                    .as("promise"))
            .select("promise_id", "promise.*")
            .where("made_on <= " + source.day())
            .where("cancelled_on IS NULL OR cancelled_on > " + source.day())
            .where("due_on > " + source.day())
            .where("due_on <= DATE_ADD(" + source.day() + ", " + DAYS + ")")
            .where(source.slice.filter(Slice.CURRENCY));
    if (source.slice.portfolio() != null) {
      standing =
          standing.join(
              DebtorsSection.invoices(source)
                  .select("id", Slice.PORTFOLIO)
                  .where(source.slice.filter(Slice.PORTFOLIO)),
              col("invoice_id").equalTo(col("id")));
    }
    return Customers.with(source, standing);
  }

  private static List<Cell> row(Source source, Row row) {
    String currency = row.getAs("currency");
    LocalDate due = row.<Date>getAs("due_on").toLocalDate();
    return List.of(
        Cell.date(due),
        Cell.whole(due.toEpochDay() - source.asOf.toEpochDay()),
        Cell.text(currency),
        Cell.amount(row.getAs("amount"), currency),
        Cell.text(row.getAs("customer_id")),
        Cell.text(row.getAs("name")),
        Cell.text(row.getAs("segment")),
        Cell.date(row.<Date>getAs("made_on").toLocalDate()),
        Cell.text(row.getAs("invoice_id")),
        Cell.text(row.getAs("promise_id")));
  }
}
