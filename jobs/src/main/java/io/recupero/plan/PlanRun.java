package io.recupero.plan;

import io.recupero.lake.Lake;
import io.recupero.lake.Lake.Written;
import io.recupero.lake.Release.Stamp;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** One run of a plan. Each commit of a table costs half a second, so tables are written at once. */
final class PlanRun {

  /** More jobs at once only share the same cores, and make each one's time meaningless. */
  private static final int JOBS_AT_ONCE = 4;

  private final Plan plan;
  private final Lake lake;
  private final Map<String, Long> versions;
  private final Map<String, Stamp> stamps;
  private final Function<String, Optional<StructType>> schemas;
  private final Progress progress;
  private final Map<String, List<Outcome.Entry>> entries = new ConcurrentHashMap<>();
  private final AtomicInteger started = new AtomicInteger();

  PlanRun(
      Plan plan,
      Lake lake,
      Map<String, Long> versions,
      Map<String, Stamp> stamps,
      Function<String, Optional<StructType>> schemas,
      Progress progress) {
    this.plan = plan;
    this.lake = lake;
    this.versions = new ConcurrentHashMap<>(versions);
    this.stamps = new ConcurrentHashMap<>(stamps);
    this.schemas = schemas;
    this.progress = progress;
  }

  Outcome run() {
    ExecutorService jobs = Executors.newFixedThreadPool(JOBS_AT_ONCE);
    ExecutorService writers = Executors.newCachedThreadPool();
    Map<Job, CompletableFuture<Void>> futures = new HashMap<>();
    try {
      for (Job job : plan.jobs()) {
        CompletableFuture<Void> ready = all(plan.upstream(job).stream().map(futures::get).toList());
        futures.put(job, ready.thenRunAsync(() -> run(job, writers), jobs));
      }
      all(List.copyOf(futures.values())).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof JobFailedException failed ? failed : e;
    } finally {
      jobs.shutdown();
      writers.shutdown();
    }
    List<Outcome.Entry> inOrder = new ArrayList<>();
    plan.jobs().forEach(job -> inOrder.addAll(entries.get(job.name())));
    return new Outcome(Map.copyOf(versions), Map.copyOf(stamps), inOrder);
  }

  private void run(Job job, ExecutorService writers) {
    // Without a pool of its own, each Spark job would wait for all those before it.
    lake.spark().sparkContext().setLocalProperty("spark.scheduler.pool", job.name());
    int number = started.incrementAndGet();
    int total = plan.jobs().size();
    Decision decision = Decision.of(job, versions, stamps.get(job.name()));
    if (!decision.runs()) {
      progress.skipped(job.name(), number, total);
      entries.put(
          job.name(), entries(job, stamps.get(job.name()), Map.of(), Duration.ZERO, List.of()));
      return;
    }
    progress.started(job.name(), number, total);
    long start = System.nanoTime();
    try {
      Map<String, Long> read = versionsOf(job.inputs());
      Map<String, Long> rows = write(job, writers);
      Stamp stamp = new Stamp(read, versionsOf(job.outputs()), job.settings());
      stamps.put(job.name(), stamp);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      entries.put(job.name(), entries(job, stamp, rows, took, decision.reasons()));
      long written = rows.values().stream().mapToLong(Long::longValue).sum();
      progress.finished(job.name(), number, total, took, written);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      Throwable cause = e instanceof CompletionException ? e.getCause() : e;
      throw new JobFailedException(job.name(), cause);
    }
  }

  private Map<String, Long> write(Job job, ExecutorService writers) {
    Inputs inputs = inputs(job, versions);
    try {
      Optional<Map<String, Dataset<Row>>> additions = additions(job, inputs);
      Map<String, Dataset<Row>> frames = additions.orElseGet(() -> job.build(inputs));
      Map<String, Long> rows = new ConcurrentHashMap<>();
      all(job.outputs().stream()
              .map(
                  output ->
                      CompletableFuture.runAsync(
                          () ->
                              rows.put(
                                  output,
                                  write(job, output, frames.get(output), additions.isPresent())),
                          writers))
              .toList())
          .join();
      return rows;
    } finally {
      inputs.release();
    }
  }

  /** Returns what brings a job's tables up to date, where they are those of its last run. */
  private Optional<Map<String, Dataset<Row>>> additions(Job job, Inputs now) {
    Stamp last = stamps.get(job.name());
    boolean stands =
        last != null
            && (job.isDiary() || last.read().keySet().equals(versionsOf(job.inputs()).keySet()))
            && last.written().equals(versionsOf(job.outputs()));
    return stands
        ? job.additions(
            new Since(
                inputs(job, last.read()).inColumnsOf(now),
                now,
                table -> lake.read(table, last.written().get(table)),
                last.settings(),
                table -> added(table, last)))
        : Optional.empty();
  }

  private Optional<Dataset<Row>> added(String table, Stamp last) {
    Long before = last.read().get(table);
    return before == null
        ? Optional.of(empty(table))
        : lake.added(table, before, versions.get(table));
  }

  private long write(Job job, String output, Dataset<Row> frame, boolean addition) {
    lake.spark().sparkContext().setLocalProperty("spark.scheduler.pool", job.name());
    if (!addition && job.write(output) == Job.Write.REPLACE) {
      return note(lake.overwrite(output, frame));
    }
    if (!versions.containsKey(output)) {
      return note(lake.append(output, frame));
    }
    // Nothing to add is no new version: whoever reads the table need not run.
    Dataset<Row> kept = frame.persist();
    try {
      return kept.isEmpty() ? 0 : note(lake.append(output, kept));
    } finally {
      kept.unpersist();
    }
  }

  private long note(Written written) {
    versions.put(written.table(), written.version());
    return written.rows();
  }

  private Inputs inputs(Job job, Map<String, Long> versions) {
    Map<String, Inputs.Table> tables = new HashMap<>();
    for (String input : job.inputs()) {
      Long version = versions.get(input);
      tables.put(
          input,
          version == null
              ? new Inputs.Table(empty(input), false)
              : new Inputs.Table(lake.read(input, version), true));
    }
    return new Inputs(job.name(), tables, false);
  }

  private Dataset<Row> empty(String table) {
    // A table that came since the last run was empty then.
    StructType schema =
        Optional.ofNullable(versions.get(table))
            .map(version -> lake.read(table, version).schema())
            .or(() -> schemas.apply(table))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Cannot read " + table + ": nothing writes or declares it."));
    return lake.spark().createDataFrame(List.of(), schema);
  }

  private Map<String, Long> versionsOf(List<String> tables) {
    Map<String, Long> found = new HashMap<>();
    tables.stream()
        .filter(versions::containsKey)
        .forEach(table -> found.put(table, versions.get(table)));
    return found;
  }

  private List<Outcome.Entry> entries(
      Job job, Stamp stamp, Map<String, Long> rows, Duration took, List<Reason> reasons) {
    BigDecimal seconds = BigDecimal.valueOf(took.toMillis(), 3);
    return job.outputs().stream()
        .map(
            output ->
                new Outcome.Entry(
                    job.name(),
                    output,
                    stamp.read(),
                    versions.get(output),
                    stamp.settings(),
                    rows.getOrDefault(output, 0L),
                    seconds,
                    reasons))
        .toList();
  }

  private static CompletableFuture<Void> all(List<CompletableFuture<Void>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
  }
}
