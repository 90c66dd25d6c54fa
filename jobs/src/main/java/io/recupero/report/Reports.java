package io.recupero.report;

import io.recupero.lake.ReleasedLake;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes reports of releases. */
public final class Reports {

  /** In the order in which people of finance read. */
  private static final List<SectionMaker> SECTIONS =
      List.of(
          new SummarySection(),
          new AlertsSection(),
          new CurrenciesSection(),
          new TrendsSection(),
          new AgeingSection(),
          new BridgeSection(),
          new RecoveriesSection(),
          new DebtorsSection(),
          new PromisesSection(),
          new RestatementsSection(),
          new QualitySection(),
          new DefinitionsSection());

  private Reports() {}

  /**
   * Makes a report: the same of the same release and request, whenever it is made.
   *
   * @throws io.recupero.config.InvalidConfigException where the slice names what is not there
   */
  public static Report of(ReleasedLake lake, ReportRequest request) {
    Source source = new Source(lake, request);
    Headlines headlines = new Headlines(source);
    List<Section> sections = new ArrayList<>();
    for (SectionMaker maker : SECTIONS) {
      maker.make(source, headlines).ifPresent(sections::add);
    }
    return new Report(
        source.texts.text("report.title"),
        subtitle(source),
        name(source),
        source.texts,
        source.asOf,
        source.release().knownAt(),
        sections);
  }

  private static String subtitle(Source source) {
    Slice slice = source.slice;
    Texts texts = source.texts;
    return Stream.of(
            Optional.of(texts.text("report.as-of", texts.date(source.asOf))),
            named(texts, "report.slice.portfolio", slice.portfolio()),
            named(texts, "report.slice.segment", slice.segment()),
            named(texts, "report.slice.currency", slice.currency()),
            Optional.of(
                texts.text(
                    "report.release",
                    String.valueOf(source.release().number()),
                    texts.date(source.release().asOf()),
                    DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx")
                        .format(source.release().knownAt().atZone(source.zone())))))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" · "));
  }

  private static Optional<String> named(Texts texts, String key, String value) {
    return Optional.ofNullable(value).map(it -> texts.text(key, it));
  }

  private static String name(Source source) {
    Slice slice = source.slice;
    return Stream.of(
            "recupero",
            source.asOf.toString(),
            slice.portfolio(),
            slice.segment(),
            slice.currency(),
            source.texts.language())
        .filter(part -> part != null)
        // What the data call a portfolio need not be a name that every file system takes.
        .map(part -> part.replaceAll("[^\\p{L}\\p{N}._-]+", "_"))
        .collect(Collectors.joining("-"));
  }
}
