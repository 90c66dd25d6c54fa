package io.recupero.summary;

import io.recupero.contract.Contracts;
import io.recupero.contract.Monthly;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiRow;
import io.recupero.kpi.Kpis;
import io.recupero.kpi.MartReader;
import io.recupero.kpi.MartShape;
import io.recupero.plan.Fingerprint;
import io.recupero.plan.Inputs;
import io.recupero.plan.Job;
import io.recupero.summary.Targets.Slice;
import io.recupero.summary.Targets.Target;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The five measures of effectiveness side by side, with their trend and their distance to what
 * finance wants of them: {@code gold.scorecard}; in all, by portfolio and by segment.
 */
public final class ScorecardJob implements Job {

  /** The table. */
  public static final String TABLE = "gold.scorecard";

  private static final List<String> OF_MONEY =
      List.of("delinquency_index", "recovery_rate", "days_to_recover_median");
  private static final List<String> OF_PEOPLE = List.of("csat", "compliance_rate");

  /** The measures, in the order in which teams name them. */
  static final List<String> MEASURES =
      Stream.concat(OF_MONEY.stream(), OF_PEOPLE.stream()).toList();

  /** A year and the month before it, so that the oldest shown has something to stand beside. */
  private static final int CLOSES = 14;

  private static final String PORTFOLIO = "portfolio_id";
  private static final String SEGMENT = "segment";
  private static final String CURRENCY = "currency";

  private final LocalDate asOf;
  private final Targets targets;
  private final Cards cards = Cards.load();

  /** Makes the job up to a date. */
  public ScorecardJob(LocalDate asOf, Targets targets) {
    this.asOf = asOf;
    this.targets = targets;
  }

  @Override
  public String name() {
    return "scorecard";
  }

  @Override
  public List<String> inputs() {
    Stream<Card> measures = MEASURES.stream().map(id -> cards.find(id).orElseThrow());
    List<Card> all = measures.toList();
    return Stream.of(
            all.stream().map(Card::mart).map(Monthly::of),
            all.stream().flatMap(card -> card.inputs().stream()).map(input -> "silver." + input),
            Stream.of(Closes.HISTORY))
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  @Override
  public List<String> outputs() {
    return List.of(TABLE);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Fingerprint.ofContracts(outputs()));
    settings.put("as_of", asOf.toString());
    settings.put("targets", targets.fingerprint());
    MEASURES.forEach(id -> settings.put(id, cards.find(id).orElseThrow().toString()));
    return settings;
  }

  @Override
  public Map<String, Dataset<Row>> build(Inputs inputs) {
    List<LocalDate> all = Closes.of(inputs.read(Closes.HISTORY), asOf);
    List<LocalDate> closes = all.subList(Math.max(0, all.size() - CLOSES), all.size());
    Kpis kpis = new Kpis(cards, MartShape.all(Contracts.load()), reader(inputs));
    List<Figure> figures = new ArrayList<>();
    for (List<String> cut : List.of(List.<String>of(), List.of(PORTFOLIO), List.of(SEGMENT))) {
      List<String> ofMoney = Stream.concat(cut.stream(), Stream.of(CURRENCY)).toList();
      figures.addAll(figures(kpis, OF_MONEY, closes, ofMoney));
      figures.addAll(figures(kpis, OF_PEOPLE, closes, cut));
    }
    Map<Figure.Key, BigDecimal> values = new HashMap<>();
    figures.forEach(figure -> values.put(figure.key, figure.row.exactValue()));
    List<Row> rows = figures.stream().map(figure -> row(figure, closes, values)).toList();
    return Map.of(
        TABLE,
        inputs
            .read(Closes.HISTORY)
            .sparkSession()
            .createDataFrame(rows, Contracts.load().contract(TABLE).schema()));
  }

  private MartReader reader(Inputs inputs) {
    return new MartReader() {
      @Override
      public Dataset<Row> read(String table) {
        // every date asked for is a close, every cut of the dimensions that months have
        return MonthsJob.upTo(inputs.read(Monthly.of(table)), asOf);
      }

      @Override
      public boolean has(String input) {
        return inputs.present("silver." + input);
      }
    };
  }

  private static List<Figure> figures(
      Kpis kpis, List<String> ids, List<LocalDate> closes, List<String> by) {
    return kpis.evaluate(new KpiQuery(ids, closes, by, null, null)).rows().stream()
        .map(row -> new Figure(Figure.Key.of(row, by), row))
        .toList();
  }

  private record Figure(Key key, KpiRow row) {

    private record Key(LocalDate close, String cut, Slice slice) {

      static Key of(KpiRow row, List<String> by) {
        return new Key(
            row.asOf(),
            by.contains(PORTFOLIO) ? "portfolio" : by.contains(SEGMENT) ? SEGMENT : "total",
            new Slice(
                row.kpi(),
                value(row, by, PORTFOLIO),
                value(row, by, SEGMENT),
                value(row, by, CURRENCY)));
      }

      private static String value(KpiRow row, List<String> by, String dimension) {
        int at = by.indexOf(dimension);
        return at < 0 ? null : row.dimensions().get(at);
      }

      Key at(LocalDate other) {
        return new Key(other, cut, slice);
      }
    }
  }

  private Row row(Figure figure, List<LocalDate> closes, Map<Figure.Key, BigDecimal> values) {
    Figure.Key key = figure.key;
    BigDecimal value = figure.row.exactValue();
    BigDecimal month = before(key, values, key.close.withDayOfMonth(1).minusDays(1));
    LocalDate aYearAgo = key.close.minusYears(1);
    BigDecimal year = before(key, values, aYearAgo.withDayOfMonth(aYearAgo.lengthOfMonth()));
    Optional<Target> target = targets.of(key.slice, key.close);
    return RowFactory.create(
        Date.valueOf(key.close),
        key.slice.kpi(),
        key.cut,
        key.slice.portfolio(),
        key.slice.segment(),
        key.slice.currency(),
        value,
        figure.row.numerator(),
        figure.row.denominator(),
        figure.row.items(),
        month,
        minus(value, month),
        year,
        minus(value, year),
        target.map(Target::value).orElse(null),
        target.map(it -> minus(value, it.value())).orElse(null),
        status(value, target));
  }

  private static BigDecimal before(
      Figure.Key key, Map<Figure.Key, BigDecimal> values, LocalDate close) {
    return values.get(key.at(close));
  }

  private static BigDecimal minus(BigDecimal value, BigDecimal other) {
    return value == null || other == null ? null : value.subtract(other);
  }

  private static String status(BigDecimal value, Optional<Target> target) {
    if (value == null) {
      return "no_value";
    }
    return target.map(it -> it.isMetBy(value) ? "met" : "missed").orElse("no_target");
  }
}
