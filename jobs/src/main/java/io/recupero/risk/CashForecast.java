package io.recupero.risk;

import static org.apache.spark.sql.functions.expr;

import io.recupero.contract.Contracts;
import io.recupero.segment.CashWeeks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Cash of the weeks to come, by ISO week and currency, and how far such forecasts have been off:
 * {@code gold.cash_forecast}, {@code gold.cash_backtest}; and the chance that a document is paid
 * within 30 days, from the same rates.
 */
final class CashForecast {

  static final String TABLE = "gold.cash_forecast";
  static final String BACK_TEST = "gold.cash_backtest";

  /** Sundays that are looked back on: two years of back-tests, and one to learn from before. */
  static final int WEEKS_BACK = 157;

  private static final int DAYS = 30;
  private static final int WEEK = 7;

  private final LocalDate asOf;
  private final LocalDate sunday;
  private final SortedMap<String, Panel> panels;
  private final SortedMap<String, BackTest> tests = new TreeMap<>();
  private final Map<String, double[][]> open = new TreeMap<>();

  /**
   * Reads what is small enough to hold.
   *
   * @param weeks as {@link CashWeeks#of}
   * @param book as {@link CashWeeks#book}
   */
  CashForecast(LocalDate asOf, Dataset<Row> weeks, Dataset<Row> book) {
    this.asOf = asOf;
    this.sunday = CashWeeks.lastSunday(asOf);
    this.panels = Panel.of(weeks, sunday.minusWeeks(1));
    panels.forEach((currency, panel) -> tests.put(currency, BackTest.of(panel)));
    book.groupBy("currency", "band", "step")
        .agg(expr("SUM(CAST(open AS DECIMAL(19))) / 10000D"))
        .collectAsList()
        .forEach(
            row ->
                open.computeIfAbsent(row.getString(0), it -> new double[Panel.BANDS][Panel.STEPS])[
                        row.getInt(1)][Panel.place(row.getInt(2))] +=
                    row.getDouble(3));
  }

  /** Returns {@code gold.cash_forecast}. */
  Dataset<Row> table(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    panels.forEach((currency, panel) -> rows(currency, panel, rows));
    return spark.createDataFrame(rows, Contracts.load().contract(TABLE).schema());
  }

  private void rows(String currency, Panel panel, List<Row> rows) {
    PayRates rates = PayRates.of(panel.weeks);
    double part = 1 - ChronoUnit.DAYS.between(sunday, asOf) / (double) WEEK;
    boolean partial = part < 1;
    int weeks = BackTest.WEEKS + (partial ? 1 : 0);
    double[][] now = open.getOrDefault(currency, new double[Panel.BANDS][Panel.STEPS]);
    Foretold foretold = Foretold.of(now, rates, weeks, part);
    BackTest test = tests.get(currency);
    double naive = BackTest.naive(panel.weeks);
    for (int week = 0; week < weeks; week++) {
      int horizon = partial ? Math.max(1, week) : week + 1;
      double expected = foretold.all(week);
      double[] interval = test.interval(asOf, horizon, expected);
      boolean isPart = partial && week == 0;
      Missed missed = Missed.of(isPart ? List.of() : test.weeks(horizon));
      LocalDate monday = sunday.plusDays(1).plusWeeks(week);
      rows.add(
          RowFactory.create(
              Date.valueOf(asOf),
              name(monday),
              Date.valueOf(isPart ? asOf.plusDays(1) : monday),
              Date.valueOf(monday.plusDays(WEEK - 1)),
              isPart ? 0 : horizon,
              currency,
              money(expected),
              money(interval[0]),
              money(interval[1]),
              money(foretold.ofOpen()[week]),
              money(foretold.ofNew()[week]),
              money(naive * (isPart ? part : 1)),
              (long) missed.weeks(),
              money(missed.mae()),
              number(missed.wape()),
              money(missed.naiveMae()),
              number(missed.naiveWape()),
              number(missed.inside())));
    }
  }

  private static String name(LocalDate monday) {
    return String.format(
        Locale.ROOT,
        "%d-W%02d",
        monday.get(IsoFields.WEEK_BASED_YEAR),
        monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  /** Returns {@code gold.cash_backtest}. */
  Dataset<Row> backTest(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    tests.forEach(
        (currency, test) ->
            test.weeks()
                .forEach(
                    week ->
                        rows.add(
                            RowFactory.create(
                                Date.valueOf(week.origin()),
                                week.horizon(),
                                Date.valueOf(
                                    week.origin().plusWeeks(week.horizon() - 1L).plusDays(1)),
                                currency,
                                money(week.expected()),
                                money(week.low()),
                                money(week.high()),
                                money(week.naive()),
                                money(week.actual())))));
    return spark.createDataFrame(rows, Contracts.load().contract(BACK_TEST).schema());
  }

  /** Returns of each document of a book {@code pay_30_probability}. */
  Dataset<Row> paid(Dataset<Row> book) {
    List<Row> chances = new ArrayList<>();
    panels.forEach(
        (currency, panel) -> {
          PayRates rates = PayRates.of(panel.weeks);
          for (int band = 0; band < Panel.BANDS; band++) {
            for (int step = 0; step < Panel.STEPS; step++) {
              chances.add(
                  RowFactory.create(
                      currency,
                      band,
                      step + CashWeeks.FIRST_STEP,
                      rates.paidWithin(band, step, DAYS)));
            }
          }
        });
    Dataset<Row> known =
        book.sparkSession()
            .createDataFrame(
                chances,
                org.apache.spark.sql.types.StructType.fromDDL(
                    "currency STRING, band INT, step INT, pay_30_probability DOUBLE"));
    return book.join(
            org.apache.spark.sql.functions.broadcast(known),
            new String[] {"currency", "band", "step"},
            "left")
        .select("customer_id", "invoice_id", "pay_30_probability");
  }

  private static BigDecimal money(double amount) {
    return Double.isNaN(amount)
        ? null
        : BigDecimal.valueOf(amount).setScale(4, RoundingMode.HALF_UP);
  }

  private static Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
