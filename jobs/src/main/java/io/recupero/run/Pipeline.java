package io.recupero.run;

import io.recupero.compliance.ContactRules;
import io.recupero.config.Settings;
import io.recupero.config.Settings.Segments;
import io.recupero.contract.Contracts;
import io.recupero.lake.Lake;
import io.recupero.lake.LakeLock;
import io.recupero.lake.Recovery;
import io.recupero.lake.Release;
import io.recupero.lake.Release.Stamp;
import io.recupero.lake.Releases;
import io.recupero.ledger.DueDatesJob;
import io.recupero.ledger.LedgerJob;
import io.recupero.mart.AgeingScheme;
import io.recupero.mart.AgeingSchemes;
import io.recupero.mart.ContactFindingsJob;
import io.recupero.mart.MartJob;
import io.recupero.mart.Marts;
import io.recupero.mart.Published;
import io.recupero.mart.RestatementJob;
import io.recupero.mart.StrategyJob;
import io.recupero.mart.WorkJob;
import io.recupero.plan.Decision;
import io.recupero.plan.Job;
import io.recupero.plan.Outcome;
import io.recupero.plan.Plan;
import io.recupero.plan.Progress;
import io.recupero.plan.RunLog;
import io.recupero.publish.ServingFile;
import io.recupero.risk.RiskJob;
import io.recupero.segment.CustomerFeaturesJob;
import io.recupero.segment.GivenAttributesJob;
import io.recupero.segment.RuleAttributesJob;
import io.recupero.segment.SegmentFeaturesJob;
import io.recupero.segment.SegmentHistoryJob;
import io.recupero.segment.SegmentRules;
import io.recupero.source.Batch;
import io.recupero.summary.AgentScorecardJob;
import io.recupero.summary.BridgeJob;
import io.recupero.summary.FindingsJob;
import io.recupero.summary.HabitsJob;
import io.recupero.summary.IndexChangeJob;
import io.recupero.summary.MonthsJob;
import io.recupero.summary.ScorecardJob;
import io.recupero.summary.Targets;
import io.recupero.watch.Manifest;
import io.recupero.watch.RunWatch;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * A run, from files to a release: intake, judging, jobs, publishing.
 *
 * <p>Nothing that a run writes is seen before it publishes; what a broken run wrote is taken back
 * by the next.
 */
public final class Pipeline {

  private static final String BALANCES = "balances";
  private static final String WORK = "work";
  private static final String FINDINGS = "findings";

  /** The step that is forced by this name, too: every record is judged again. */
  public static final String JUDGE = "judge";

  /** Steps beside the jobs: intake and judging before them, checks and serving after them. */
  private static final int STEPS_BESIDE = 4;

  private final SparkSession spark;
  private final Settings settings;
  private final Contracts contracts;
  private final Schemas schemas;

  /** Prepares runs with these settings. */
  public Pipeline(SparkSession spark, Settings settings) {
    this.spark = spark;
    this.settings = settings;
    this.contracts = Contracts.load();
    this.schemas = new Schemas(contracts);
  }

  /** Returns the jobs of a run, in order. */
  public static Plan plan(Settings settings, Contracts contracts, LocalDate asOf) {
    return plan(settings, contracts, asOf, Published.NOTHING, null);
  }

  private static Plan plan(
      Settings settings,
      Contracts contracts,
      LocalDate asOf,
      Published published,
      Instant knownAt) {
    Optional<SegmentRules> rules =
        settings.segments() == Segments.GIVEN ? Optional.empty() : Optional.of(SegmentRules.load());
    Map<String, Marts> marts = marts(settings.graceDays(), asOf, settings.timezone());
    ContactRules contactRules = ContactRules.load().with(settings.contactRules());
    List<Job> jobs = new ArrayList<>();
    jobs.addAll(
        List.of(
            rules
                .<Job>map(it -> new RuleAttributesJob(it, asOf, settings.timezone()))
                .orElseGet(GivenAttributesJob::new),
            new SegmentHistoryJob(rules, published.dates(), knownAt),
            new LedgerJob(contracts, settings.automaticAllocation()),
            new MartJob(marts.get(BALANCES)),
            new WorkJob(marts.get(WORK), contactRules),
            new ContactFindingsJob(marts.get(FINDINGS), contactRules),
            new RestatementJob(
                published,
                AgeingSchemes.load().on(asOf),
                settings.graceDays(),
                settings.timezone()),
            new MonthsJob(),
            new BridgeJob(asOf),
            new IndexChangeJob(asOf, AgeingSchemes.load().on(asOf)),
            new ScorecardJob(asOf, Targets.load()),
            new AgentScorecardJob(asOf),
            new StrategyJob(asOf, settings.timezone(), settings.graceDays()),
            new CustomerFeaturesJob(asOf, settings.timezone(), published.knownAt()),
            new SegmentFeaturesJob(),
            new HabitsJob(asOf),
            new FindingsJob(asOf, settings.timezone())));
    RiskJob.ofLake(settings.lake(), asOf, settings.timezone(), published.knownAt(), contactRules)
        .ifPresent(jobs::add);
    return Plan.of(settings.dueOnBusinessDay() ? DueDatesJob.before(jobs) : jobs);
  }

  /** Returns the names of all jobs. */
  public static Set<String> jobNames(Settings settings, LocalDate asOf) {
    return plan(settings, Contracts.load(), asOf).jobs().stream()
        .map(Job::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns how the marts of a release are computed, up to a date. */
  static Collection<Marts> marts(Release release, LocalDate asOf) {
    Map<String, String> settings = release.settings();
    return marts(
            Integer.parseInt(settings.getOrDefault("grace_days", "0")),
            asOf,
            ZoneId.of(settings.get("timezone")))
        .values();
  }

  private static Map<String, Marts> marts(int graceDays, LocalDate asOf, ZoneId zone) {
    AgeingScheme ageing = AgeingSchemes.load().on(asOf);
    return Map.of(
        BALANCES, new Marts(Marts.standard(ageing, graceDays), asOf, zone),
        WORK, new Marts(Marts.ofWork(ageing, graceDays), asOf, zone),
        FINDINGS, Marts.findings(asOf, zone));
  }

  /** Returns which jobs would run if no new files came, and why; reads one file, starts nothing. */
  public static List<Decision> decide(Settings settings, LocalDate asOf) {
    Optional<Release> current = Releases.of(settings.lake()).current();
    List<Decision> decisions = new ArrayList<>();
    current
        .flatMap(release -> Silver.otherRules(Contracts.load(), settings, release))
        .ifPresent(reason -> decisions.add(new Decision(JUDGE, List.of(reason))));
    decisions.addAll(
        plan(SegmentSource.lastUsed(settings, current), Contracts.load(), asOf)
            .decide(
                current.map(Release::tables).orElse(Map.of()),
                current.map(Release::stamps).orElse(Map.of())));
    return decisions;
  }

  /**
   * Runs, and publishes.
   *
   * @return the release; the one before where nothing has moved since: then nothing is written
   * @throws io.recupero.lake.LakeHeldException where another run holds the lake
   * @throws io.recupero.plan.QualityLimitException where too much was refused; nothing is published
   */
  public Release run(RunRequest request, Progress progress) {
    return run(request, progress, manifest -> {});
  }

  /** Does the same, and gives the run's manifest to {@code whenDone}, however the run ends. */
  public Release run(RunRequest request, Progress progress, Consumer<Manifest> whenDone) {
    try (LakeLock lock = LakeLock.take(settings.lake(), request.command())) {
      long number = Releases.of(settings.lake()).next();
      RunLog run = new RunLog(runId(number), request.asOf(), request.arrivedAt());
      RunWatch watch = new RunWatch(settings, run, request.command(), progress, whenDone);
      return watch.over(() -> runAlone(request, watch));
    }
  }

  private static String runId(long release) {
    return "run-%06d".formatted(release);
  }

  private Release runAlone(RunRequest request, RunWatch watch) {
    Progress progress = watch.progress();
    Lake lake = Lake.open(spark, settings.lake(), settings.tables());
    Releases releases = Releases.of(settings.lake());
    Optional<Release> before = releases.current();
    plan(SegmentSource.mayBeUsed(settings, before), contracts, request.asOf())
        .tryOut(spark, schemas::of);
    Arrivals arrivals = new Arrivals(settings);
    Recovery.run(lake);
    Set<String> setAside =
        before.map(release -> Set.copyOf(release.history().setAside())).orElse(Set.of());
    Set<String> kept = new HashSet<>(setAside);
    before.map(Release::batches).ifPresent(kept::addAll);
    arrivals.discard(kept);

    long number = releases.next();
    String runId = runId(number);
    int jobs = plan(settings, contracts, request.asOf()).jobs().size();
    Steps steps = new Steps(progress, jobs + STEPS_BESIDE);
    before
        .filter(release -> request.arrivedAt().isBefore(release.knownAt()))
        .ifPresent(release -> progress.warned(clockWentBack(release, request)));
    Batch batch =
        steps.run(
            "intake",
            () -> arrivals.take(runId, request.arrivedAt(), request.asOf(), setAside, progress));

    List<Batch> batches = new ArrayList<>(before.map(arrivals::of).orElse(List.of()));
    List<Batch> judged = List.copyOf(batches);
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    Map<String, Long> versions = new HashMap<>(before.map(Release::tables).orElse(Map.of()));
    Map<String, Long> counts = new TreeMap<>();
    Silver silver = new Silver(lake, arrivals, contracts, settings, watch);
    boolean readOtherwise = before.filter(silver::isReadOtherwise).isPresent();
    if (readOtherwise) {
      progress.warned(
          "The mapping has changed since the files were taken: all of them are read again, and what"
              + " they say now replaces what the mapping made of them before.");
    }
    boolean again =
        request.forced().contains(JUDGE)
            || readOtherwise
            || before
                .flatMap(release -> Silver.otherRules(contracts, settings, release))
                .isPresent();
    if (again && !batches.isEmpty()) {
      counts.putAll(steps.run(JUDGE, () -> silver.again(batches, versions)));
    } else if (batch.isEmpty()) {
      steps.skip(JUDGE);
    } else {
      counts.putAll(steps.run(JUDGE, () -> silver.add(batch, judged, versions)));
    }
    Map<String, Stamp> stamps = new HashMap<>(before.map(Release::stamps).orElse(Map.of()));
    stamps.keySet().removeAll(request.forced());
    if (request.forced().contains(JUDGE)) {
      // Whoever asks for this has damaged tables: what they said before cannot be explained.
      stamps.remove(RestatementJob.NAME);
    }
    Settings used = SegmentSource.used(settings, before, lake, versions);
    Plan plan =
        plan(
            used,
            contracts,
            request.asOf(),
            published(releases, before, number, request),
            request.arrivedAt());
    Outcome outcome = plan.run(lake, versions, stamps, schemas::of, steps.jobs());

    Map<String, String> figures = silver.stamped(used.figures(), batches);
    if (batch.isEmpty() && before.filter(it -> says(it, request, figures, outcome)).isPresent()) {
      return before.get();
    }
    Map<String, Long> tables = new TreeMap<>(outcome.versions());
    tables.putAll(steps.late("checks", 1, () -> watch.look(lake, outcome)));
    Release release =
        new Release(
            number,
            runId,
            request.asOf(),
            request.arrivedAt(),
            batches.stream().map(Batch::id).toList(),
            tables,
            counts,
            figures,
            outcome.stamps(),
            new Release.History(null, List.copyOf(setAside)));
    releases.publish(release);
    steps.late("serving", 0, () -> serve(release, progress));
    return release;
  }

  /** What reads the release finds it from now on, whatever becomes of the file for dashboards. */
  private Optional<Path> serve(Release release, Progress progress) {
    Optional<Path> file = ServingFile.write(settings.lake(), release);
    if (file.isEmpty()) {
      progress.warned(
          "The tables lie in an object store: no file for dashboards is made. Read them with"
              + " ./recupero dashboards up --engine spark.");
    }
    return file;
  }

  /** The figures are right all the same; whoever asks what was known when is told something odd. */
  private static String clockWentBack(Release release, RunRequest request) {
    return "The clock says "
        + request.arrivedAt()
        + ", and the last release is of "
        + release.knownAt()
        + ": what comes now counts as learned before it. Correct this machine's clock or"
        + " --arrived-at, unless files of an earlier day are taken in on purpose.";
  }

  private static Published published(
      Releases releases, Optional<Release> before, long number, RunRequest request) {
    return before
        .map(
            last ->
                new Published(
                    Published.upTo(
                        releases.all().stream().map(Release::asOf).toList(),
                        last.asOf(),
                        request.asOf()),
                    last.number(),
                    last.knownAt(),
                    number,
                    request.arrivedAt()))
        .orElse(Published.NOTHING);
  }

  /** Returns whether a release says already what the run would publish. */
  private static boolean says(
      Release release, RunRequest request, Map<String, String> figures, Outcome outcome) {
    Map<String, Long> tables = new HashMap<>(release.tables());
    tables.remove(RunLog.TABLE);
    Map<String, Long> now = new HashMap<>(outcome.versions());
    now.remove(RunLog.TABLE);
    return release.asOf().equals(request.asOf())
        && release.settings().equals(figures)
        && tables.equals(now);
  }
}
