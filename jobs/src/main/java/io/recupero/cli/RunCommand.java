package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Settings;
import io.recupero.lake.LakeLock;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import io.recupero.lake.Sessions;
import io.recupero.run.Pipeline;
import io.recupero.run.RunRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes files in and publishes figures. */
@Command(name = "run")
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Common common;
  @Mixin private Clocks clocks;
  @Mixin private Taking taking;
  @Mixin private Telling telling;

  @Option(names = "--force", descriptionKey = "force")
  private boolean force;

  @Option(names = "--jobs", paramLabel = "JOB", split = ",", descriptionKey = "jobs")
  private List<String> jobs = List.of();

  @Override
  public Integer call() {
    Settings settings = taking.settings(common);
    long before = Releases.of(settings.lake()).current().map(Release::number).orElse(0L);
    Release release;
    try {
      release = run(settings);
    } catch (RuntimeException e) {
      if (telling.failureTold() && !common.debug()) {
        return Failures.exitCode(e);
      }
      throw e;
    }
    if (!telling.isJson()) {
      say(settings, release, before);
    }
    return 0;
  }

  private void say(Settings settings, Release release, long before) {
    common.say(
        release.number() == before ? "run.same" : "run.done",
        release.number(),
        release.asOf().toString(),
        settings.lake().toString());
    if (!settings.figures().get("segments").equals(release.settings().get("segments"))) {
      common.say("run.segments_by_rules");
    }
  }

  private Release run(Settings settings) {
    // Whoever comes second is told at once, before Spark has started.
    LakeLock.take(settings.lake(), spec.qualifiedName()).close();
    Log.in(settings.lake());
    RunRequest request =
        new RunRequest(
            clocks.asOf(settings), clocks.arrivedAt(), forced(settings), spec.qualifiedName());
    return new Pipeline(Sessions.open(), settings)
        .run(request, telling.progress(common), manifest -> telling.ended(common, manifest));
  }

  private Set<String> forced(Settings settings) {
    Set<String> all = Pipeline.jobNames(settings, clocks.asOf(settings));
    if (!jobs.isEmpty() && !force) {
      throw new InvalidConfigException(
          "Cannot choose jobs without --force: --jobs says which of them to compute again. Add --force.");
    }
    for (String job : jobs) {
      if (!all.contains(job) && !job.equals(Pipeline.JUDGE)) {
        throw new InvalidConfigException(
            "Cannot compute the job "
                + job
                + " again: there are judge, "
                + String.join(", ", all)
                + ".");
      }
    }
    if (jobs.isEmpty()) {
      all.add(Pipeline.JUDGE);
    }
    return !force ? Set.of() : jobs.isEmpty() ? all : Set.copyOf(jobs);
  }
}
