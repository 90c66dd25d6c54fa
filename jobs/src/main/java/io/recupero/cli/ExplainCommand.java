package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Names;
import io.recupero.contract.Contracts;
import io.recupero.kpi.Card;
import io.recupero.kpi.Cards;
import io.recupero.kpi.KpiQuery;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints a KPI's card, and the numbers behind its value in the current release; or writes the
 * handbook of all cards.
 */
@Command(name = "explain")
final class ExplainCommand implements Callable<Integer> {

  @Mixin private Common common;

  @ArgGroup(multiplicity = "1")
  private Asked asked;

  /** One of the two. */
  private static final class Asked {
    @Parameters(arity = "1", paramLabel = "KPI", descriptionKey = "explain-kpi")
    private String id;

    @Option(names = "--handbook", paramLabel = "DIR", descriptionKey = "handbook")
    private Path handbook;
  }

  @Override
  public Integer call() throws IOException {
    Cards cards = Cards.load();
    if (asked.handbook != null) {
      for (Path file : Handbook.write(asked.handbook, cards, Contracts.load())) {
        common.say("handbook.written", file);
      }
    } else {
      explain(asked.id, cards);
    }
    return 0;
  }

  private void explain(String id, Cards cards) {
    Card card =
        cards
            .find(id)
            .orElseThrow(
                () ->
                    new InvalidConfigException(
                        "Cannot explain "
                            + id
                            + ": there is no such KPI."
                            + Names.didYouMean(id, cards.ids())
                            + " There are "
                            + String.join(", ", cards.ids())
                            + "."));
    print(card);
    Path folder = common.lake();
    Releases.of(folder).current().ifPresent(release -> numbers(id, folder, release, cards));
  }

  private void print(Card card) {
    Messages messages = common.messages();
    PrintWriter out = common.out();
    out.println(card.name().in(common.lang().code()) + " (" + card.id() + ")");
    out.println();
    out.println(card.meaning().in(common.lang().code()));
    out.println();
    field("explain.unit", messages.text("unit." + card.unit()));
    field("explain.better", messages.text("better." + card.better()));
    field("explain.adds", messages.text("adds." + card.adds()));
    field("explain.formula", card.formula());
    if (card.denominator() != null) {
      field("explain.numerator", card.numerator());
      field("explain.denominator", card.denominator());
    }
    field("explain.mart", card.mart());
    card.edges().values().forEach(edge -> field("explain.edge", edge.in(common.lang().code())));
    field("explain.owner", card.owner());
    field("explain.source", card.source().in(common.lang().code()));
    out.println();
    out.flush();
  }

  private void field(String key, String text) {
    if (text != null) {
      common.out().printf("%-14s %s%n", common.messages().text(key), text.strip());
    }
  }

  /** By currency, because amounts in several are not to be added up unasked. */
  private void numbers(String id, Path folder, Release release, Cards cards) {
    KpiQuery query =
        new KpiQuery(List.of(id), List.of(release.asOf()), List.of("currency"), null, null);
    common.print(
        Figures.table(
            new Figures(ReleaseOf.open(folder), Contracts.load(), cards).evaluate(query)));
  }
}
