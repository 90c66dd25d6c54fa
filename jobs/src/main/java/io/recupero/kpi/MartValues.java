package io.recupero.kpi;

import io.recupero.contract.Contracts;
import io.recupero.kpi.MartShape.Role;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a mart of deltas says at dates, for tables that are made of marts. */
public final class MartValues {

  private MartValues() {}

  /**
   * Returns a row for each date and group in which anything is not zero: as_of, the keys, and every
   * part of the mart.
   *
   * @param mart its name, such as gold.flow_daily
   * @param deltas its rows
   * @param keys the dimensions and keys to group by
   */
  public static Dataset<Row> at(
      String mart, Dataset<Row> deltas, List<LocalDate> dates, List<String> keys) {
    MartShape shape = MartShape.of(Contracts.load().contract(mart));
    return new Cells(keys, shape.columns(Role.AMOUNT), shape.columns(Role.COUNT)).at(dates, deltas);
  }

  /** Returns the ends of months from that of the first day on, and the as-of date. */
  public static List<LocalDate> closes(LocalDate first, LocalDate asOf) {
    List<LocalDate> closes = new ArrayList<>();
    for (YearMonth month = YearMonth.from(first);
        month.atEndOfMonth().isBefore(asOf);
        month = month.plusMonths(1)) {
      closes.add(month.atEndOfMonth());
    }
    closes.add(asOf);
    return closes;
  }
}
