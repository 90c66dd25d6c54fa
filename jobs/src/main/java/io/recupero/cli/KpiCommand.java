package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.contract.Contracts;
import io.recupero.kpi.AsOfDates;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.lake.Releases;
import io.recupero.run.EarlierView;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints figures; its CSV is an interface that other programs rely on. */
@Command(name = "kpi")
final class KpiCommand implements Callable<Integer> {

  @Mixin private Common common;

  @Parameters(arity = "0..*", paramLabel = "ID", descriptionKey = "kpi-ids")
  private List<String> ids = List.of();

  @Option(names = "--as-of", paramLabel = "DATES", descriptionKey = "kpi-as-of")
  private String asOf;

  @Option(names = "--by", split = ",", paramLabel = "DIMENSION", descriptionKey = "by")
  private List<String> by = List.of();

  @Option(names = "--to", paramLabel = "CURRENCY", descriptionKey = "to")
  private String to;

  @Option(names = "--where", paramLabel = "SQL", descriptionKey = "where")
  private String where;

  @Option(names = "--known-at", paramLabel = "TIME", descriptionKey = "known-at")
  private String knownAt;

  @Option(names = "--release", paramLabel = "NUMBER", descriptionKey = "release")
  private Long number;

  @Option(names = "--roll", descriptionKey = "roll")
  private boolean roll;

  @Option(names = "--unapplied", descriptionKey = "unapplied")
  private boolean unapplied;

  @Override
  public Integer call() {
    Path folder = common.lake();
    Release release = ReleaseOf.numbered(folder, number);
    List<LocalDate> dates = asOf == null ? List.of(release.asOf()) : AsOfDates.parse(asOf);
    refuseLater(dates, release);
    ReleasedLake lake = ReleaseOf.open(folder, release);
    Figures figures = new Figures(lake, Contracts.load(), Cards.load(), earlier(lake));
    KpiQuery query = new KpiQuery(ids, dates, by, to, where);
    common.print(table(figures, query));
    return 0;
  }

  private Table table(Figures figures, KpiQuery query) {
    if (unapplied) {
      return Figures.unappliedTable(figures.unapplied(query));
    }
    return roll
        ? Figures.table(query, figures.roll(query))
        : Figures.table(figures.evaluate(query));
  }

  private EarlierView earlier(ReleasedLake lake) {
    if (knownAt == null) {
      return null;
    }
    ZoneId zone = ZoneId.of(lake.release().settings().get("timezone"));
    Instant time = KnownAtText.parse(knownAt, zone);
    return new EarlierView(lake, Releases.of(common.lake()).knownBy(time), time);
  }

  private static void refuseLater(List<LocalDate> dates, Release release) {
    List<LocalDate> later = dates.stream().filter(date -> date.isAfter(release.asOf())).toList();
    if (!later.isEmpty()) {
      throw new InvalidConfigException(
          "Cannot tell figures at "
              + later
              + ": release "
              + release.number()
              + " is computed to "
              + release.asOf()
              + ". Ask for an earlier date, or run to a later one.");
    }
  }
}
