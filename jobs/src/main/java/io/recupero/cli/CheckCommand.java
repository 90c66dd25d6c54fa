package io.recupero.cli;

import io.recupero.compliance.ContactRules;
import io.recupero.config.InvalidConfigException;
import io.recupero.config.Settings;
import io.recupero.contract.Contracts;
import io.recupero.contract.InvalidContractsException;
import io.recupero.dashboard.Dashboards;
import io.recupero.kpi.Cards;
import io.recupero.kpi.MartShape;
import io.recupero.mart.AgeingSchemes;
import io.recupero.rules.InvalidRulesException;
import io.recupero.segment.FeatureCards;
import io.recupero.segment.SegmentRules;
import io.recupero.source.Mappings;
import io.recupero.source.Problem;
import io.recupero.summary.Targets;
import io.recupero.watch.AlertRules;
import io.recupero.watch.CheckRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks everything that somebody wrote by hand; starts no Spark and needs no data. */
@Command(name = "check")
final class CheckCommand implements Callable<Integer> {

  @Mixin private Common common;

  @Option(names = "--source", paramLabel = "MAPPING", descriptionKey = "source")
  private Path source;

  private final List<String> problems = new ArrayList<>();
  private List<String> contactRules = List.of();
  private Optional<Path> checks = Optional.empty();
  private Optional<Path> alerts = Optional.empty();

  @Override
  public Integer call() {
    settings();
    contractsAndCards();
    rules();
    mappings();
    problems.forEach(common.out()::println);
    common.out().flush();
    if (problems.isEmpty()) {
      common.say("check.good");
      return 0;
    }
    common.say("check.bad", problems.size());
    return Failures.WRONG;
  }

  private void settings() {
    if (common.config().isEmpty()) {
      return;
    }
    try {
      Settings settings = common.settings();
      source = source == null ? settings.source().orElse(null) : source;
      contactRules = settings.contactRules();
      checks = settings.checks();
      alerts = settings.alerts();
    } catch (InvalidConfigException e) {
      problems.addAll(e.problems());
    }
  }

  private void contractsAndCards() {
    try {
      problems.addAll(Cards.load().problems(MartShape.all(Contracts.load())));
    } catch (InvalidContractsException e) {
      problems.addAll(e.problems());
    }
  }

  private void rules() {
    List<Runnable> files =
        List.of(
            SegmentRules::load,
            FeatureCards::load,
            FeatureCards::documents,
            AgeingSchemes::load,
            Targets::load,
            () -> CheckRules.load(checks),
            () -> AlertRules.load(alerts),
            () -> ContactRules.load().with(contactRules),
            () -> Dashboards.load(LocalDate.MAX));
    for (Runnable file : files) {
      try {
        file.run();
      } catch (InvalidRulesException e) {
        problems.addAll(e.problems());
      } catch (InvalidConfigException e) {
        problems.addAll(e.problems());
      } catch (InvalidContractsException e) {
        // told already, by the contracts themselves
      }
    }
  }

  private void mappings() {
    List<Path> files = new ArrayList<>(shipped());
    if (source != null) {
      files.add(source);
    }
    files.forEach(
        file -> Mappings.check(file).stream().map(Problem::toString).forEach(problems::add));
  }

  private static List<Path> shipped() {
    Path folder = Recupero.home().resolve("schemas/mappings");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the mappings in " + folder, e);
    }
  }
}
