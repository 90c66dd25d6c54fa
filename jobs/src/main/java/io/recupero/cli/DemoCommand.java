package io.recupero.cli;

import io.recupero.config.Settings;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.kpi.KpiRow;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.ReleasedLake;
import io.recupero.lake.Sessions;
import io.recupero.watch.Manifests;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs everything on the sample data, and shows what came out. */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {

  /** Enough to see what there is; the others are a question away. */
  static final List<String> HEADLINES =
      List.of(
          "delinquency_index",
          "par_30",
          "overdue_over_30",
          "average_dpd",
          "recovery_rate",
          "recovery_rate_90",
          "collected_on_time",
          "cei",
          "dso",
          "days_to_recover_median",
          "days_to_recover_paid_by_90",
          "write_off_rate",
          "unapplied_share",
          "restructured_share");

  @Mixin private Common common;

  @Override
  public Integer call() {
    Settings settings = DemoLake.settings(common);
    Release release = DemoLake.run(common, settings);
    show(ReleasedLake.of(Lake.open(Sessions.open(), settings.lake()), release), settings);
    Manifests.of(settings.lake())
        .read(release.runId())
        .ifPresent(manifest -> Quarantined.say(common, manifest));
    common.say("demo.next", settings.lake().toString());
    return 0;
  }

  private void show(ReleasedLake lake, Settings settings) {
    Cards cards = Cards.load();
    List<LocalDate> dates = List.of(DemoLake.AS_OF.withDayOfMonth(1).minusDays(1), DemoLake.AS_OF);
    String currency = settings.reportingCurrency().orElse(null);
    KpiQuery query = new KpiQuery(HEADLINES, dates, List.of(), currency, null);
    Messages messages = common.messages();
    List<List<Object>> rows = new ArrayList<>();
    List<KpiRow> figures = new Figures(lake, Contracts.load(), cards).evaluate(query).rows();
    for (KpiRow figure : figures) {
      if (figure.asOf().equals(DemoLake.AS_OF)) {
        KpiRow before =
            figures.stream()
                .filter(it -> it.kpi().equals(figure.kpi()) && it.asOf().isBefore(DemoLake.AS_OF))
                .findFirst()
                .orElseThrow();
        var card = cards.find(figure.kpi()).orElseThrow();
        List<Object> row = new ArrayList<>();
        row.add(figure.kpi());
        row.add(card.name().in(common.lang().code()));
        row.add(before.exactValue());
        row.add(figure.exactValue());
        row.add(messages.text("unit." + card.unit()));
        rows.add(row);
      }
    }
    common.print(
        new Table(
            List.of(
                "kpi",
                messages.text("demo.name"),
                dates.get(0).toString(),
                dates.get(1).toString(),
                messages.text("demo.unit")),
            rows));
  }
}
