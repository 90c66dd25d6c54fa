package io.recupero.watch;

import io.recupero.plan.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells whoever listens how far a run has come, and writes it to {@code LAKE/logs/<run_id>.jsonl};
 * what another run of the same id wrote there stays.
 */
final class RunProgress implements Progress, AutoCloseable {

  private final Progress listener;
  private final List<String> running = new ArrayList<>();
  private PrintWriter file;
  private JsonLog log;

  RunProgress(Path lake, String runId, Progress listener) {
    this.listener = listener;
    Path path = lake.resolve("logs").resolve(runId + ".jsonl");
    try {
      Files.createDirectories(path.getParent());
      file =
          new PrintWriter(
              Files.newBufferedWriter(
                  path,
                  StandardCharsets.UTF_8,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND));
      log = new JsonLog(file, Clock.systemUTC());
    } catch (IOException e) {
      // A run without a log is better than none.
      listener.warned("Cannot write the log " + path + ": " + e.getMessage());
    }
  }

  /** Returns the step that runs now, the one that began last where there are several; or null. */
  synchronized String running() {
    return running.isEmpty() ? null : running.get(running.size() - 1);
  }

  @Override
  public void began(String runId) {
    listener.began(runId);
    if (log != null) {
      log.began(runId);
    }
  }

  @Override
  public void started(String step, int number, int total) {
    synchronized (this) {
      running.add(step);
    }
    listener.started(step, number, total);
    if (log != null) {
      log.started(step, number, total);
    }
  }

  @Override
  public void finished(String step, int number, int total, Duration took, long rows) {
    synchronized (this) {
      running.remove(step);
    }
    listener.finished(step, number, total, took, rows);
    if (log != null) {
      log.finished(step, number, total, took, rows);
    }
  }

  @Override
  public void skipped(String step, int number, int total) {
    listener.skipped(step, number, total);
    if (log != null) {
      log.skipped(step, number, total);
    }
  }

  @Override
  public void warned(String what) {
    listener.warned(what);
    if (log != null) {
      log.warned(what);
    }
  }

  void ended(Manifest manifest) {
    if (log != null) {
      log.ended(manifest);
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
