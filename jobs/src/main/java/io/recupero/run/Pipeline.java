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
import io.recupero.mart.MartJob;
import io.recupero.mart.Marts;
import io.recupero.mart.StrategyJob;
import io.recupero.mart.WorkJob;
import io.recupero.plan.Decision;
import io.recupero.plan.Job;
import io.recupero.plan.Outcome;
import io.recupero.plan.Plan;
import io.recupero.plan.Progress;
import io.recupero.plan.RunLog;
import io.recupero.segment.CustomerFeaturesJob;
import io.recupero.segment.GivenAttributesJob;
import io.recupero.segment.RuleAttributesJob;
import io.recupero.segment.SegmentFeaturesJob;
import io.recupero.segment.SegmentRules;
import io.recupero.source.Batch;
import io.recupero.source.SourceTables;
import io.recupero.summary.AgentScorecardJob;
import io.recupero.summary.BridgeJob;
import io.recupero.summary.HabitsJob;
import io.recupero.summary.IndexChangeJob;
import io.recupero.summary.ScorecardJob;
import io.recupero.summary.Targets;
import io.recupero.watch.Manifest;
import io.recupero.watch.RunWatch;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

  /** Steps beside the jobs: intake and judging before them, the checks after them. */
  private static final int STEPS_BESIDE = 3;

  /** Input that is judged as large: some hundred thousand records. */
  private static final long LARGE = Long.getLong("recupero.large", 8L << 20);

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
    Map<String, Marts> marts = marts(settings.graceDays(), asOf, settings.timezone());
    List<Job> jobs =
        List.of(
            settings.segments() == Segments.GIVEN
                ? new GivenAttributesJob()
                : new RuleAttributesJob(SegmentRules.load(), asOf, settings.timezone()),
            new LedgerJob(contracts, settings.automaticAllocation()),
            new MartJob(marts.get(BALANCES)),
            new WorkJob(marts.get(WORK), ContactRules.load().with(settings.contactRules())),
            new BridgeJob(asOf),
            new IndexChangeJob(asOf, AgeingSchemes.load().on(asOf)),
            new ScorecardJob(asOf, Targets.load()),
            new AgentScorecardJob(asOf),
            new StrategyJob(asOf, settings.timezone(), settings.graceDays()),
            new CustomerFeaturesJob(asOf, settings.timezone()),
            new SegmentFeaturesJob(),
            new HabitsJob(asOf));
    return Plan.of(settings.dueOnBusinessDay() ? DueDatesJob.before(jobs) : jobs);
  }

  /** Returns the names of all jobs. */
  public static Set<String> jobNames(Settings settings, LocalDate asOf) {
    return plan(settings, Contracts.load(), asOf).jobs().stream()
        .map(Job::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns how the marts of a release are computed. */
  public static Collection<Marts> marts(Release release) {
    Map<String, String> settings = release.settings();
    return marts(
            Integer.parseInt(settings.getOrDefault("grace_days", "0")),
            release.asOf(),
            ZoneId.of(settings.get("timezone")))
        .values();
  }

  private static Map<String, Marts> marts(int graceDays, LocalDate asOf, ZoneId zone) {
    AgeingScheme ageing = AgeingSchemes.load().on(asOf);
    return Map.of(
        BALANCES, new Marts(Marts.standard(ageing, graceDays), asOf, zone),
        WORK, new Marts(Marts.ofWork(ageing, graceDays), asOf, zone));
  }

  /** Returns which jobs would run if no new files came, and why; reads one file, starts nothing. */
  public static List<Decision> decide(Settings settings, LocalDate asOf) {
    Optional<Release> current = Releases.of(settings.lake()).current();
    return plan(SegmentSource.lastUsed(settings, current), Contracts.load(), asOf)
        .decide(
            current.map(Release::tables).orElse(Map.of()),
            current.map(Release::stamps).orElse(Map.of()));
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
    arrivals.discard(before.map(Release::batches).orElse(List.of()));

    long number = releases.next();
    String runId = runId(number);
    int jobs = plan(settings, contracts, request.asOf()).jobs().size();
    Steps steps = new Steps(progress, jobs + STEPS_BESIDE);
    Batch batch =
        steps.run(
            "intake", () -> arrivals.take(runId, request.arrivedAt(), request.asOf(), progress));

    Map<String, Long> versions = new HashMap<>(before.map(Release::tables).orElse(Map.of()));
    Map<String, Long> counts = new TreeMap<>();
    if (batch.isEmpty()) {
      steps.skip("judge");
    } else {
      Judging.Result result =
          steps.run("judge", () -> judge(lake, arrivals, batch, before, request, watch));
      versions.putAll(result.versions());
      counts.putAll(result.counts());
    }
    Map<String, Stamp> stamps = new HashMap<>(before.map(Release::stamps).orElse(Map.of()));
    stamps.keySet().removeAll(request.forced());
    Settings used = SegmentSource.used(settings, before, lake, versions);
    Plan plan = plan(used, contracts, request.asOf());
    Outcome outcome = plan.run(lake, versions, stamps, schemas::of, steps.jobs());

    if (batch.isEmpty() && before.filter(it -> says(it, request, used, outcome)).isPresent()) {
      return before.get();
    }
    Map<String, Long> tables = new TreeMap<>(outcome.versions());
    tables.putAll(steps.last("checks", () -> watch.look(lake, outcome)));
    List<String> batches = new ArrayList<>(before.map(Release::batches).orElse(List.of()));
    if (!batch.isEmpty()) {
      batches.add(batch.id());
    }
    Release release =
        new Release(
            number,
            runId,
            request.asOf(),
            request.arrivedAt(),
            batches,
            tables,
            counts,
            used.figures(),
            outcome.stamps());
    releases.publish(release);
    return release;
  }

  /** Returns whether a release says already what the run would publish. */
  private static boolean says(Release release, RunRequest request, Settings used, Outcome outcome) {
    Map<String, Long> tables = new HashMap<>(release.tables());
    tables.remove(RunLog.TABLE);
    Map<String, Long> now = new HashMap<>(outcome.versions());
    now.remove(RunLog.TABLE);
    return release.asOf().equals(request.asOf())
        && release.settings().equals(used.figures())
        && tables.equals(now);
  }

  private Judging.Result judge(
      Lake lake,
      Arrivals arrivals,
      Batch batch,
      Optional<Release> before,
      RunRequest request,
      RunWatch watch) {
    SourceTables source = arrivals.read(spark, batch);
    source.warnings().forEach(watch.progress()::warned);
    Map<String, Dataset<Row>> texts = new TreeMap<>(source.frames());
    Map<String, Dataset<Row>> known = new HashMap<>();
    before.ifPresent(
        release -> {
          waiting(lake, arrivals, release)
              .forEach((table, frame) -> texts.merge(table, frame, SourceTables::union));
          release
              .tables()
              .forEach(
                  (table, version) -> {
                    if (table.startsWith("silver.")) {
                      known.put(table.substring("silver.".length()), lake.read(table, version));
                    }
                  });
        });
    return new Judging(lake, contracts, settings, watch::counted, watch.stopsAtRefused())
        .run(
            new Judging.Arrival(
                texts,
                before.isEmpty(),
                arrivals.bytes(batch) > LARGE,
                batch.id(),
                request.arrivedAt()),
            known);
  }

  /** Returns the records in quarantine as they arrived, to be judged with what has come since. */
  private Map<String, Dataset<Row>> waiting(Lake lake, Arrivals arrivals, Release release) {
    Long version = release.tables().get("quarantine");
    if (version == null) {
      return Map.of();
    }
    Dataset<Row> places =
        lake.read("quarantine", version)
            .selectExpr("table AS _table", "batch AS _batch", "file AS _file", "record AS _record")
            .distinct()
            .persist();
    List<String> batches =
        places.select("_batch").distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    Map<String, Dataset<Row>> texts = new TreeMap<>();
    arrivals.of(release).stream()
        .filter(batch -> batches.contains(batch.id()))
        .forEach(
            batch ->
                arrivals
                    .read(spark, batch)
                    .frames()
                    .forEach(
                        (table, frame) ->
                            texts.merge(table, chosen(frame, places, table), SourceTables::union)));
    return texts;
  }

  private static Dataset<Row> chosen(Dataset<Row> frame, Dataset<Row> places, String table) {
    Dataset<Row> own = places.where(org.apache.spark.sql.functions.col("_table").equalTo(table));
    return frame.join(
        own.drop("_table"),
        scala.jdk.javaapi.CollectionConverters.asScala(List.of("_batch", "_file", "_record"))
            .toSeq(),
        "left_semi");
  }
}
