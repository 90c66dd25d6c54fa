package io.recupero.summary;

import io.recupero.contract.Monthly;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartValues;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The dates that summaries are made for: every month's end of the history, and the as-of date. */
final class Closes {

  /** The mart that tells when the history begins. */
  static final String HISTORY = Monthly.of(MartReader.HISTORY);

  private Closes() {}

  static List<LocalDate> of(Dataset<Row> history, LocalDate asOf) {
    java.sql.Date first = history.selectExpr("MIN(day)").first().getDate(0);
    return MartValues.closes(first == null ? asOf : first.toLocalDate(), asOf);
  }
}
