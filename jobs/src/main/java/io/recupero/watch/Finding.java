package io.recupero.watch;

import io.recupero.contract.Text;
import io.recupero.summary.FindingsJob;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A row of {@code gold.findings}: what is odd and kept no record out.
 *
 * @param stage what found it: reading, mapping, judging or ledger
 * @param table the input it is about, or ledger.events; null for the file as a whole
 * @param column the column it is about; null for none
 * @param kind its id
 * @param records in how many records
 * @param file the file of the first of them; null in the ledger
 * @param record its number in the file; null where there is none
 * @param key its key; null where there is none
 * @param value what is written there; null for nothing to show
 * @param text what it means
 */
public record Finding(
    String stage,
    String table,
    String column,
    String kind,
    long records,
    String file,
    Long record,
    String key,
    String value,
    Text text) {

  static List<Finding> read(RunTables tables) {
    return tables
        .read(FindingsJob.TABLE)
        .orderBy("stage", "table", "column", "kind", "text_en")
        .collectAsList()
        .stream()
        .map(Finding::of)
        .toList();
  }

  private static Finding of(Row row) {
    return new Finding(
        row.getAs("stage"),
        row.getAs("table"),
        row.getAs("column"),
        row.getAs("kind"),
        row.<Long>getAs("records"),
        row.getAs("file"),
        row.getAs("record"),
        row.getAs("key"),
        row.getAs("value"),
        new Text(row.getAs("text_es"), row.getAs("text_en")));
  }
}
