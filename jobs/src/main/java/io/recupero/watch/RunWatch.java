package io.recupero.watch;

import io.recupero.config.Settings;
import io.recupero.contract.Tally;
import io.recupero.kpi.Cards;
import io.recupero.lake.Lake;
import io.recupero.lake.Lake.Written;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import io.recupero.plan.AtOnce;
import io.recupero.plan.Outcome;
import io.recupero.plan.Progress;
import io.recupero.plan.QualityLimitException;
import io.recupero.plan.RunLog;
import io.recupero.watch.Check.Severity;
import io.recupero.watch.Manifest.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Watches one run: looks at what it is about to publish, and tells operators how it went, whichever
 * way that is.
 */
public final class RunWatch {

  private final Settings settings;
  private final RunLog run;
  private final String command;
  private final CheckRules checkRules;
  private final AlertRules alertRules;
  private final RunProgress progress;
  private final Consumer<Manifest> whenDone;
  private final Instant startedAt = Clock.systemUTC().instant();
  private final long start = System.nanoTime();

  private final Map<String, Long> counts = new TreeMap<>();
  private final List<Manifest.OfTable> tables = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private List<InQuarantine> quarantine = List.of();
  private List<Alert> alerts = List.of();
  private List<Finding> findings = List.of();
  private List<Figure> figures = List.of();

  /**
   * Watches a run that is about to begin.
   *
   * @param whenDone is given the manifest, however the run ends
   * @throws io.recupero.rules.InvalidRulesException where the checks or alerts cannot be used
   */
  public RunWatch(
      Settings settings,
      RunLog run,
      String command,
      Progress listener,
      Consumer<Manifest> whenDone) {
    this.settings = settings;
    this.run = run;
    this.command = command;
    this.checkRules = CheckRules.load(settings.checks());
    this.alertRules = AlertRules.load(settings.alerts());
    this.progress = new RunProgress(settings.lake(), run.runId(), listener);
    this.whenDone = whenDone;
  }

  /** Returns the listener that the run is to tell its steps. */
  public Progress progress() {
    return progress;
  }

  /** Does the run, and tells how it went. */
  public Release over(Supplier<Release> work) {
    progress.began(run.runId());
    try (progress) {
      Release release;
      try {
        release = work.get();
      } catch (Throwable e) {
        boolean stopped = e instanceof QualityLimitException;
        Failure failure = Failure.of(e, progress.running());
        tell(stopped ? Status.STOPPED : Status.FAILED, failure, current());
        throw e;
      }
      boolean published = release.runId().equals(run.runId());
      if (!published) {
        Optional<Manifest> before = manifestOf(release);
        findings = before.map(Manifest::findings).orElse(List.of());
        figures = before.map(Manifest::figures).orElse(List.of());
      }
      tell(published ? Status.PUBLISHED : Status.NOTHING_NEW, null, release.number());
      return release;
    }
  }

  private long current() {
    return Releases.of(settings.lake()).current().map(Release::number).orElse(0L);
  }

  /** Returns whether so many refused records that a limit is passed stop the run. */
  public boolean stopsAtRefused() {
    return checkRules.severity(CheckRules.QUARANTINED_SHARE) == Severity.STOP;
  }

  /**
   * Takes what judging counted.
   *
   * @param counted of each input, such as {@code invoices.read}
   * @param repeated the files that rows were left out of, by input
   */
  public void counted(Map<String, Long> counted, Map<String, List<Tally.OfFile>> repeated) {
    List<LeftOut> more = LeftOut.of(repeated);
    leftOut.addAll(more);
    Severity ofRepeated = checkRules.severity(CheckRules.REPEATED_ROWS);
    if (ofRepeated != Severity.OFF) {
      more.forEach(file -> checks.add(file.check(ofRepeated)));
    }
    counts.putAll(counted);
    Severity severity = checkRules.severity(CheckRules.QUARANTINED_SHARE);
    if (severity != Severity.OFF) {
      checks.addAll(Refused.look(severity, counted, settings));
    }
  }

  /**
   * Looks at what the run would publish, and writes what was found.
   *
   * @return the versions of the tables written
   * @throws QualityLimitException where a check fails that stops a release; nothing is written then
   */
  public Map<String, Long> look(Lake lake, Outcome outcome) {
    outcome.entries().forEach(entry -> tables.add(of(entry)));
    RunTables found = new RunTables(lake, outcome.versions());
    Map<String, Callable<Void>> questions = new LinkedHashMap<>();
    Totals totals = new Totals(found);
    ask(questions, CheckRules.RECONCILIATION, rule -> totals.reconciliation(rule.severity()));
    ask(questions, CheckRules.MONTH_BRIDGE, rule -> totals.bridge(rule.severity()));
    questions.put("quarantine", () -> quarantine(found));
    ask(questions, CheckRules.FRESHNESS, rule -> new Freshness(found, run.asOf()).look(rule));
    questions.put("figures", () -> headlines(found));
    questions.put("alerts", () -> alerts(found));
    questions.put("findings", () -> findings(found));
    AtOnce.run(questions);
    stopWhereAnyFails();
    return write(lake, outcome);
  }

  private void ask(
      Map<String, Callable<Void>> questions,
      String check,
      Function<CheckRules.Rule, List<Check>> look) {
    CheckRules.Rule rule = checkRules.of(check);
    if (rule.severity() != Severity.OFF) {
      questions.put(check, () -> note(look.apply(rule)));
    }
  }

  private Void note(List<Check> found) {
    synchronized (checks) {
      checks.addAll(found);
    }
    return null;
  }

  private Void quarantine(RunTables found) {
    CheckRules.Rule rule = checkRules.of(CheckRules.WAITING);
    Instant late = run.knownAt().minus(Duration.ofDays(rule.limit("days").longValue()));
    quarantine = InQuarantine.read(found, run.runId(), late, settings.timezone());
    return rule.severity() == Severity.OFF ? null : note(Waiting.look(rule, quarantine));
  }

  private Void headlines(RunTables found) {
    List<Figure> all = Figure.read(found);
    figures = all.stream().filter(figure -> figure.asOf().equals(run.asOf())).toList();
    CheckRules.Rule rule = checkRules.of(CheckRules.KPI_HISTORY);
    return rule.severity() == Severity.OFF
        ? null
        : note(new KpiHistory(Cards.load(), run.asOf()).look(rule, all));
  }

  private Void alerts(RunTables found) {
    alerts = new Alerts(found, run.asOf()).fired(alertRules);
    return null;
  }

  private Void findings(RunTables found) {
    findings = Finding.read(found);
    return null;
  }

  private void stopWhereAnyFails() {
    checks.sort(Comparator.comparing(Check::check).thenComparing(Check::slice));
    List<String> problems =
        new ArrayList<>(
            checks.stream()
                .filter(Check::stops)
                .map(
                    check ->
                        "Cannot publish: the check %s failed. %s"
                            .formatted(check.check(), check.text().en()))
                .toList());
    if (problems.isEmpty()) {
      return;
    }
    boolean totals =
        checks.stream()
            .filter(Check::stops)
            .anyMatch(
                check ->
                    List.of(CheckRules.RECONCILIATION, CheckRules.MONTH_BRIDGE)
                        .contains(check.check()));
    if (totals) {
      problems.add(
          "Totals that do not add up are a fault of the program, or a damaged table: run again with"
              + " --force, and if it stays report it with the input.");
    }
    problems.add(
        "The last good release stays. LAKE/runs/%s.json has all findings; severity and limits of checks are in schemas/rules/checks.yaml, over which the setting checks puts a file of your own."
            .formatted(run.runId()));
    throw new QualityLimitException(problems);
  }

  private Map<String, Long> write(Lake lake, Outcome outcome) {
    WatchTables rows = new WatchTables(lake.spark(), run.runId());
    Map<String, Callable<Written>> tasks = new LinkedHashMap<>();
    tasks.put(
        RunLog.TABLE, () -> lake.append(RunLog.TABLE, run.rows(lake.spark(), outcome, counts)));
    tasks.put(WatchTables.CHECKS, () -> lake.append(WatchTables.CHECKS, rows.checks(checks)));
    tasks.put(WatchTables.ALERTS, () -> lake.append(WatchTables.ALERTS, rows.alerts(alerts)));
    Map<String, Long> versions = new HashMap<>();
    AtOnce.run(tasks).forEach((table, written) -> versions.put(table, written.version()));
    return versions;
  }

  private Optional<Manifest> manifestOf(Release release) {
    try {
      return Manifests.of(settings.lake()).read(release.runId());
    } catch (UncheckedIOException e) {
      progress.warned(e.getMessage());
      return Optional.empty();
    }
  }

  /** What cannot be told must not undo what was done: it is a warning. */
  private void tell(Status status, Failure failure, long release) {
    Manifest manifest =
        new Manifest(
            run.runId(),
            status,
            failure,
            command,
            run.asOf(),
            run.knownAt(),
            startedAt,
            BigDecimal.valueOf(Duration.ofNanos(System.nanoTime() - start).toMillis(), 3),
            release,
            byInput(),
            List.copyOf(leftOut),
            quarantine,
            List.copyOf(tables),
            List.copyOf(checks),
            alerts,
            findings,
            figures);
    progress.ended(manifest);
    try {
      Manifests.of(settings.lake()).write(manifest);
    } catch (IOException | RuntimeException e) {
      progress.warned("Cannot write the manifest of " + run.runId() + ": " + e.getMessage());
    }
    whenDone.accept(manifest);
  }

  private Map<String, Map<String, Long>> byInput() {
    Map<String, Map<String, Long>> inputs = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          int dot = name.lastIndexOf('.');
          inputs
              .computeIfAbsent(name.substring(0, dot), key -> new TreeMap<>())
              .put(name.substring(dot + 1), count);
        });
    return inputs;
  }

  private static Manifest.OfTable of(Outcome.Entry entry) {
    return new Manifest.OfTable(
        entry.job(),
        entry.table(),
        entry.version(),
        entry.rows() < 0 ? null : entry.rows(),
        entry.seconds(),
        entry.reasons().isEmpty(),
        entry.reasons().stream().map(RunLog::text).toList());
  }
}
