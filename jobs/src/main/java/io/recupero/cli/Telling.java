package io.recupero.cli;

import io.recupero.plan.Progress;
import io.recupero.watch.Alert;
import io.recupero.watch.Check;
import io.recupero.watch.Finding;
import io.recupero.watch.JsonLog;
import io.recupero.watch.Manifest;
import io.recupero.watch.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How a run tells how it went: to people, or to programs. */
final class Telling {

  /** Enough to see what there is; the table has all. */
  private static final int MOST = 20;

  @Option(names = "--log-format", paramLabel = "text|json", descriptionKey = "log-format")
  private LogFormat logFormat = LogFormat.TEXT;

  @Option(names = "--metrics", paramLabel = "FILE", descriptionKey = "metrics")
  private Path metrics;

  private JsonLog log;
  private boolean failureTold;

  /** What goes to the standard error while a command runs. */
  enum LogFormat {
    TEXT,
    JSON
  }

  boolean isJson() {
    return logFormat == LogFormat.JSON;
  }

  /** Returns whether a failure was told already, in a way that must not be told again. */
  boolean failureTold() {
    return failureTold;
  }

  Progress progress(Common common) {
    if (!isJson()) {
      return common.progress();
    }
    log = log == null ? new JsonLog(common.err(), Clock.systemUTC()) : log;
    return log;
  }

  /** Tells what a run found, and writes its metrics. */
  void ended(Common common, Manifest manifest) {
    if (isJson()) {
      log.ended(manifest);
      failureTold = manifest.failure() != null;
    } else {
      findings(common, manifest);
    }
    if (metrics == null) {
      return;
    }
    try {
      Metrics.write(metrics, manifest);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      String text = common.messages().text("run.no_metrics", metrics.toString(), why);
      progress(common).warned(text);
    }
  }

  /** Tells a finding with its count and the first record of it. */
  private static void say(Common common, Finding finding) {
    String where =
        Stream.of(finding.file(), finding.record(), finding.key(), finding.value())
            .filter(part -> part != null)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    String what = finding.text().in(common.lang().code());
    String table = finding.table() == null ? finding.stage() : finding.table();
    common.say("run.finding", table, finding.records(), what, where);
  }

  private static void findings(Common common, Manifest manifest) {
    String language = common.lang().code();
    if (manifest.failure() != null) {
      return; // the message of the failure has them
    }
    Quarantined.say(common, manifest);
    List<Check> failed = manifest.checks().stream().filter(Check::failed).toList();
    failed.stream()
        .limit(MOST)
        .forEach(check -> common.say("run.check", check.check(), check.text().in(language)));
    manifest.findings().stream().limit(MOST).forEach(finding -> say(common, finding));
    List<Alert> alerts = manifest.alerts();
    alerts.stream()
        .limit(MOST)
        .forEach(
            alert ->
                common.say(
                    "run.alert." + alert.severity(), alert.alert(), alert.text().in(language)));
    int more =
        Stream.of(failed, alerts, manifest.findings())
            .mapToInt(found -> Math.max(0, found.size() - MOST))
            .sum();
    if (more > 0) {
      common.say("run.more_findings", more);
    }
  }
}
