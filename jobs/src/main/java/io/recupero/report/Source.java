package io.recupero.report;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.NamedCustomers;
import io.recupero.config.Names;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.kpi.Kpis;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartShape;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What sections are made of: the release, its cards, the slice, the dates. */
final class Source {

  /** The months of a trend: a year, and the month that stands against that of a year ago. */
  private static final int MONTHS = 13;

  private static final String BALANCE = "gold.balance_daily";

  final ReleasedLake lake;
  final LocalDate asOf;
  final Texts texts;
  final Slice slice;
  final NamedCustomers names;
  final Contracts contracts = Contracts.load();
  final Cards cards = Cards.load();
  final MartReader marts;
  final Kpis kpis;

  /** The currencies that anything of the slice is in, the reporting currency first. */
  final List<String> currencies;

  Source(ReleasedLake lake, ReportRequest request) {
    this.lake = lake;
    this.asOf = request.asOf();
    this.texts = new Texts(request.locale());
    this.slice = Slice.of(request);
    this.names = request.names();
    this.marts = MartReader.of(lake, contracts);
    this.kpis = new Kpis(cards, MartShape.all(contracts), marts);
    this.currencies = currencies();
  }

  Release release() {
    return lake.release();
  }

  boolean has(String table) {
    return lake.tables().contains(table);
  }

  /** Returns a table of the release; without rows where it was never delivered. */
  Dataset<Row> read(String table) {
    return marts.read(table);
  }

  Card card(String kpi) {
    return cards.find(kpi).orElseThrow();
  }

  /** Returns the closes of the last year, and the as-of date as the last one. */
  List<LocalDate> closes() {
    List<LocalDate> closes = new ArrayList<>();
    for (int back = MONTHS - 1; back > 0; back--) {
      closes.add(YearMonth.from(asOf).minusMonths(back).atEndOfMonth());
    }
    closes.add(asOf);
    return closes;
  }

  /** Returns the closes, and the date that the last one is compared with. */
  List<LocalDate> dates() {
    return Stream.concat(closes().stream(), Stream.of(previous())).distinct().sorted().toList();
  }

  /** Returns the date that the figures of the as-of date are compared with. */
  LocalDate previous() {
    return previous(asOf);
  }

  /**
   * Returns the month end before a month end, and the same day of the month before for any other
   * date: flows of the first days of a month say nothing beside those of a whole one.
   */
  static LocalDate previous(LocalDate asOf) {
    return isClose(asOf) ? asOf.withDayOfMonth(1).minusDays(1) : asOf.minusMonths(1);
  }

  /** Tells whether a date is the last one of its month. */
  static boolean isClose(LocalDate date) {
    return date.getDayOfMonth() == date.lengthOfMonth();
  }

  /** Returns the as-of date as SQL. */
  String day() {
    return "DATE'" + asOf + "'";
  }

  /** Returns the table that invoices and their due dates are told by. */
  String invoices() {
    return Boolean.parseBoolean(release().settings().get("due_on_business_day"))
        ? "ledger.invoices"
        : "silver.invoices";
  }

  int graceDays() {
    return Integer.parseInt(release().settings().getOrDefault("grace_days", "0"));
  }

  /** Returns the currency that amounts are converted to beside their own, or null. */
  String reportingCurrency() {
    String currency = release().settings().getOrDefault("reporting_currency", "");
    boolean isOfUse = slice.currency() == null && currencies.size() > 1;
    return currency.isEmpty() || !isOfUse ? null : currency;
  }

  LocalDateTime local(Instant time) {
    return time == null ? null : LocalDateTime.ofInstant(time, zone());
  }

  ZoneId zone() {
    return ZoneId.of(release().settings().get("timezone"));
  }

  private List<String> currencies() {
    List<Row> cells =
        read(BALANCE)
            .where("day <= " + day())
            .select(Slice.PORTFOLIO, Slice.SEGMENT, Slice.CURRENCY)
            .distinct()
            .collectAsList();
    List<String> problems = new ArrayList<>();
    refuseUnknown("--portfolio", slice.portfolio(), values(cells, 0), problems);
    refuseUnknown("--segment", slice.segment(), values(cells, 1), problems);
    refuseUnknown("--currency", slice.currency(), values(cells, 2), problems);
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    String first = release().settings().getOrDefault("reporting_currency", "");
    return cells.stream()
        .filter(cell -> isOf(slice.portfolio(), cell.getString(0)))
        .filter(cell -> isOf(slice.segment(), cell.getString(1)))
        .filter(cell -> isOf(slice.currency(), cell.getString(2)))
        .map(cell -> cell.getString(2))
        .filter(Objects::nonNull)
        .distinct()
        .sorted(
            Comparator.<String, Boolean>comparing(currency -> !currency.equals(first))
                .thenComparing(currency -> currency))
        .toList();
  }

  private static boolean isOf(String wanted, String value) {
    return wanted == null || wanted.equals(value);
  }

  private static Set<String> values(List<Row> cells, int column) {
    return cells.stream()
        .map(cell -> cell.getString(column))
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void refuseUnknown(String option, String value, Set<String> known, List<String> to) {
    if (value != null && !known.contains(value)) {
      to.add(
          "Invalid %s '%s': nothing was owed in it up to %s.%s There are %s."
              .formatted(
                  option,
                  value,
                  asOf,
                  Names.didYouMean(value, known),
                  known.isEmpty() ? "none" : String.join(", ", known)));
    }
  }
}
