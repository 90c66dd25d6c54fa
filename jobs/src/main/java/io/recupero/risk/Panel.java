package io.recupero.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.recupero.segment.CashWeeks;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The weeks of a currency, added up over customers: small enough for the driver, however many
 * documents there were.
 */
final class Panel {

  static final int BANDS = 4;
  static final int STEPS = CashWeeks.LAST_STEP - CashWeeks.FIRST_STEP + 1;

  /** A week: amounts by band and step, in the currency's own unit. */
  static final class Week {
    final LocalDate sunday;
    final double[][] open = new double[BANDS][STEPS];
    final double[][] cash = new double[BANDS][STEPS];
    final double[][] gone = new double[BANDS][STEPS];
    final double[][] entered = new double[BANDS][STEPS];
    double newCash;

    /** All cash of the week, as known at its end. */
    double knownCash;

    /** All cash of the week, as known now. */
    double came;

    Week(LocalDate sunday) {
      this.sunday = sunday;
    }
  }

  /** Every week from the first with anything to the last, without gaps. */
  final List<Week> weeks;

  private Panel(List<Week> weeks) {
    this.weeks = weeks;
  }

  /**
   * Reads the weeks of all currencies.
   *
   * @param rows as {@link CashWeeks#of}
   * @param last the last Sunday whose week is over
   */
  static SortedMap<String, Panel> of(Dataset<Row> rows, LocalDate last) {
    List<Row> cells =
        rows.groupBy(col("currency"), expr("CAST(sunday AS STRING)"), col("band"), col("step"))
            .agg(
                sum("open"), sum("cash"), sum("gone"), sum("entered"), sum("new_cash"), sum("came"))
            .collectAsList();
    Map<String, SortedMap<LocalDate, Week>> found = new TreeMap<>();
    for (Row cell : cells) {
      Week week =
          found
              .computeIfAbsent(cell.getString(0), it -> new TreeMap<>())
              .computeIfAbsent(LocalDate.parse(cell.getString(1)), Week::new);
      int band = cell.getInt(2);
      int step = place(cell.getInt(3));
      week.open[band][step] += cell.getDouble(4);
      week.cash[band][step] += cell.getDouble(5);
      week.gone[band][step] += cell.getDouble(6);
      week.entered[band][step] += cell.getDouble(7);
      week.newCash += cell.getDouble(8);
      week.knownCash += cell.getDouble(5) + cell.getDouble(8);
      week.came += cell.getDouble(9);
    }
    SortedMap<String, Panel> panels = new TreeMap<>();
    found.forEach((currency, weeks) -> panels.put(currency, new Panel(whole(weeks, last))));
    return panels;
  }

  /** Adds up ten-thousandths, in the currency's own unit. */
  private static Column sum(String column) {
    return expr("SUM(CAST(" + column + " AS DECIMAL(19))) / 10000D");
  }

  private static List<Week> whole(SortedMap<LocalDate, Week> weeks, LocalDate last) {
    List<Week> whole = new ArrayList<>();
    for (LocalDate day = weeks.firstKey(); !day.isAfter(last); day = day.plusWeeks(1)) {
      whole.add(weeks.getOrDefault(day, new Week(day)));
    }
    return whole;
  }

  /** Returns the place of a step in the arrays. */
  static int place(int step) {
    return step - CashWeeks.FIRST_STEP;
  }
}
