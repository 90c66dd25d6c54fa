package io.recupero.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.sql.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which figures that were published before say something else now, by how much and why: of the
 * closes of the last year, and of the date that the release before this one was of.
 */
final class RestatementsSection implements SectionMaker {

  private static final String TABLE = "gold.restatements";

  @Override
  public Optional<Section> make(Source source, Headlines headlines) {
    if (!source.has(TABLE)) {
      return Optional.empty();
    }
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("restatements", "")
            .text("as_of", texts.text("report.restatements.as_of"))
            .text("currency", texts.text("report.currency"))
            .text("measure", texts.text("report.restatements.measure"))
            .text("cause", texts.text("report.restatements.cause"))
            .number("amount", texts.text("report.restatements.amount"))
            .number("releases", texts.text("report.restatements.releases"))
            .text("known_at", texts.text("report.restatements.known_at"));
    for (Row row : rows(source)) {
      String currency = row.getAs("currency");
      table.row(
          Cell.date(row.<Date>getAs("as_of").toLocalDate()),
          Cell.text(currency),
          Cell.text(texts.code("report.restatements.measure", row.getAs("measure"))),
          Cell.text(texts.code("report.restatements.cause", row.getAs("cause"))),
          Cell.amount(row.getAs("amount"), currency),
          Cell.whole(row.<Long>getAs("releases")),
          Cell.time(source.local(row.getTimestamp(row.fieldIndex("known_at")).toInstant())));
    }
    boolean isQuiet = table.size() == 0;
    return Optional.of(
        new Section(
            "restatements",
            texts.text("report.restatements"),
            List.of(texts.text(isQuiet ? "report.restatements.none" : "report.restatements.note")),
            List.of(),
            isQuiet ? List.of() : List.of(table.build()),
            List.of()));
  }

  /**
   * A cause that moved nothing on the whole has no row: what it moved between cells is left out.
   */
  private static List<Row> rows(Source source) {
    String closes =
        source.closes().stream()
            .map(close -> "DATE'" + close + "'")
            .collect(Collectors.joining(", "));
    Dataset<Row> moved =
        source
            .read(TABLE)
            .where(source.slice.filter(Slice.PORTFOLIO, Slice.SEGMENT, Slice.CURRENCY));
    Row last = moved.where("to_release = " + source.release().number()).agg(max("as_of")).first();
    String before = last.isNullAt(0) ? "" : ", DATE'" + last.get(0) + "'";
    return moved
        .where("as_of <= " + source.day() + " AND as_of IN (" + closes + before + ")")
        .groupBy("as_of", "currency", "measure", "cause")
        .agg(
            sum("amount").as("amount"),
            countDistinct("to_release").as("releases"),
            max("known_at").as("known_at"))
        .where("amount <> 0")
        .orderBy(col("as_of").desc(), col("currency"), col("measure"), col("cause"))
        .collectAsList();
  }
}
