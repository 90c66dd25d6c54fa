package io.recupero.report;

import io.recupero.contract.Text;
import io.recupero.summary.FindingsJob;
import org.apache.spark.sql.Row;

/** What is odd in the data and kept no record out, by kind: neither keys nor what records hold. */
final class DataFindings {

  private DataFindings() {}

  static Table table(Source source) {
    Texts texts = source.texts;
    Table.Builder table =
        new Table.Builder("data_findings", texts.text("report.data-findings"))
            .text("table", texts.text("report.quality.table"))
            .text("column", texts.text("report.data-findings.column"))
            .text("finding", texts.text("report.data-findings.finding"))
            .number("records", texts.text("report.data-findings.records"))
            .text("file", texts.text("report.data-findings.file"))
            .number("record", texts.text("report.data-findings.record"));
    for (Row row :
        source
            .read(FindingsJob.TABLE)
            .orderBy("stage", "table", "column", "kind", "text_en")
            .collectAsList()) {
      table.row(
          Cell.text(texts.code("report.input", row.getAs("table"))),
          Cell.text(row.getAs("column")),
          Cell.text(texts.of(new Text(row.getAs("text_es"), row.getAs("text_en")))),
          Cell.whole(row.getAs("records")),
          Cell.text(row.getAs("file")),
          Cell.whole(row.getAs("record")));
    }
    return table.build();
  }
}
