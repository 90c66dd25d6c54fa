package io.recupero.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.recupero.plan.Progress;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A log for programs: one JSON object a line, with time, level, run_id and event, and where they
 * apply step, seconds, rows, job, cause, remedy, message.
 */
public final class JsonLog implements Progress {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final Clock clock;
  private String runId;

  /** Writes to {@code out}, line by line, with the times of {@code clock}. */
  public JsonLog(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized void began(String id) {
    runId = id;
    line("info", "run_started", Map.of());
  }

  @Override
  public void started(String step, int number, int total) {
    line("info", "step_started", Map.of("step", step));
  }

  @Override
  public void finished(String step, int number, int total, Duration took, long rows) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("step", step);
    values.put("seconds", BigDecimal.valueOf(took.toMillis(), 3));
    if (rows >= 0) {
      values.put("rows", rows);
    }
    line("info", "step_finished", values);
  }

  @Override
  public void skipped(String step, int number, int total) {
    line("info", "step_skipped", Map.of("step", step));
  }

  @Override
  public void warned(String what) {
    line("warning", "warning", Map.of("message", what));
  }

  /** Tells failed checks, alerts, findings, and how the run ended. */
  public void ended(Manifest manifest) {
    manifest.checks().stream().filter(Check::failed).forEach(this::failed);
    manifest.alerts().forEach(this::fired);
    manifest.findings().forEach(this::found);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("status", manifest.status().word());
    values.put("seconds", manifest.seconds());
    values.put("release", manifest.release());
    if (manifest.failure() == null) {
      line("info", "run_finished", values);
    } else {
      values.putAll(told(manifest.failure()));
      line("error", "run_failed", values);
    }
  }

  /** Tells a failure outside any run. */
  public void failed(Failure failure) {
    line("error", "command_failed", told(failure));
  }

  private static Map<String, Object> told(Failure failure) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("job", failure.job());
    values.put("cause", failure.cause());
    values.put("remedy", failure.remedy());
    return values;
  }

  private void failed(Check check) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("check", check.check());
    values.put("slice", check.slice());
    values.put("message", check.text().en());
    line(check.stops() ? "error" : "warning", "check_failed", values);
  }

  private void fired(Alert alert) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("alert", alert.alert());
    values.put("severity", alert.severity());
    values.put("slice", alert.slice());
    values.put("message", alert.text().en());
    line("info".equals(alert.severity()) ? "info" : "warning", "alert", values);
  }

  private void found(Finding finding) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("finding", finding.kind());
    values.put("stage", finding.stage());
    values.put("table", finding.table());
    values.put("column", finding.column());
    values.put("records", finding.records());
    values.put("message", finding.text().en());
    line("warning", "finding", values);
  }

  private synchronized void line(String level, String event, Map<String, Object> values) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    all.put("level", level);
    all.put("run_id", runId);
    all.put("event", event);
    all.putAll(values);
    all.values().removeIf(value -> value == null);
    try {
      out.println(JSON.writeValueAsString(all));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a line of the log: " + all, e);
    }
    out.flush();
  }
}
