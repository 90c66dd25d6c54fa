package io.recupero.cli;

import io.recupero.config.InvalidConfigException;
import io.recupero.config.Settings;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import io.recupero.lake.Sessions;
import io.recupero.run.Pipeline;
import io.recupero.run.RunRequest;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Option(names = "--input", paramLabel = "DIR", descriptionKey = "input")
  private String input;

  @Option(names = "--source", paramLabel = "MAPPING", descriptionKey = "source")
  private String source;

  @Option(names = "--force", descriptionKey = "force")
  private boolean force;

  @Option(names = "--jobs", paramLabel = "JOB", split = ",", descriptionKey = "jobs")
  private List<String> jobs = List.of();

  @Override
  public Integer call() {
    Map<String, String> options = new LinkedHashMap<>();
    if (input != null) {
      options.put("input", input);
    }
    if (source != null) {
      options.put("source", source);
    }
    Settings settings = common.settings(options);
    if (settings.input().isEmpty() && settings.source().isEmpty()) {
      throw new InvalidConfigException(
          "Cannot run: no input is named. Name the folder of the files with --input, a mapping with --source, or set"
              + " input in the settings.");
    }
    settings
        .input()
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(
            folder -> {
              throw new InvalidConfigException(
                  "Cannot run: there is no folder " + folder + ". Correct --input.");
            });
    long before = Releases.of(settings.lake()).current().map(Release::number).orElse(0L);
    Release release = run(settings);
    common.say(
        release.number() == before ? "run.same" : "run.done",
        release.number(),
        release.asOf().toString(),
        settings.lake().toString());
    if (!settings.figures().get("segments").equals(release.settings().get("segments"))) {
      common.say("run.segments_by_rules");
    }
    Quarantined.say(common, release);
    return 0;
  }

  private Release run(Settings settings) {
    Log.in(settings.lake());
    RunRequest request =
        new RunRequest(
            clocks.asOf(settings), clocks.arrivedAt(), forced(settings), spec.qualifiedName());
    return new Pipeline(Sessions.open(), settings).run(request, common.progress());
  }

  private Set<String> forced(Settings settings) {
    Set<String> all = Pipeline.jobNames(settings, clocks.asOf(settings));
    if (!jobs.isEmpty() && !force) {
      throw new InvalidConfigException(
          "Cannot choose jobs without --force: --jobs says which of them to compute again. Add --force.");
    }
    for (String job : jobs) {
      if (!all.contains(job)) {
        throw new InvalidConfigException(
            "Cannot compute the job " + job + " again: there are " + String.join(", ", all) + ".");
      }
    }
    return !force ? Set.of() : jobs.isEmpty() ? all : Set.copyOf(jobs);
  }
}
