package io.recupero.cli;

import io.recupero.config.Settings;
import io.recupero.lake.Release;
import io.recupero.lake.Sessions;
import io.recupero.run.Backfill;
import io.recupero.run.Backfill.Every;
import io.recupero.run.Pipeline;
import io.recupero.run.RunRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs for each date of a range, in order and in one process; what is there already is skipped. */
@Command(name = "backfill")
final class BackfillCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Common common;
  @Mixin private Taking taking;
  @Mixin private Telling telling;

  @Option(names = "--from", required = true, paramLabel = "DATE", descriptionKey = "from")
  private LocalDate from;

  @Option(names = "--to", required = true, paramLabel = "DATE", descriptionKey = "until")
  private LocalDate to;

  @Option(names = "--every", paramLabel = "month-end|week|day", descriptionKey = "every")
  private String every = "month-end";

  @Option(names = "--arrived-at", paramLabel = "TIME", descriptionKey = "backfill-arrived-at")
  private OffsetDateTime arrivedAt;

  @Override
  public Integer call() {
    Settings settings = taking.settings(common);
    Backfill backfill = new Backfill(settings, Clocks.at(arrivedAt));
    List<LocalDate> missing = backfill.missing(from, to, every());
    if (missing.isEmpty()) {
      say("backfill.nothing", from.toString(), to.toString());
      return 0;
    }
    Log.in(settings.lake());
    SparkSession spark = Sessions.open();
    Pipeline pipeline = new Pipeline(spark, settings);
    int done = 0;
    for (LocalDate date : missing) {
      try {
        run(pipeline, date, backfill.arrival(date));
      } catch (RuntimeException e) {
        say("backfill.stopped", date.toString(), done, missing.size());
        if (telling.failureTold() && !common.debug()) {
          return Failures.exitCode(e);
        }
        throw e;
      }
      // What a run keeps in memory is of no use to the next.
      spark.catalog().clearCache();
      done++;
    }
    say("backfill.done", done, from.toString(), to.toString());
    return 0;
  }

  private void run(Pipeline pipeline, LocalDate date, Instant arrival) {
    Release release =
        pipeline.run(
            new RunRequest(date, arrival, Set.of(), spec.qualifiedName()),
            telling.progress(common),
            manifest -> telling.ended(common, manifest));
    say("backfill.date", date.toString(), release.number());
  }

  private void say(String key, Object... arguments) {
    if (!telling.isJson()) {
      common.say(key, arguments);
    }
  }

  private Every every() {
    return switch (every) {
      case "day" -> Every.DAY;
      case "week" -> Every.WEEK;
      case "month-end" -> Every.MONTH_END;
      default ->
          throw new io.recupero.config.InvalidConfigException(
              "Invalid --every " + every + ": write month-end, week or day.");
    };
  }
}
