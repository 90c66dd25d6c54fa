package io.recupero.cli;

import io.recupero.plan.Progress;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Tells how far a run has come: a line for each step that ends, and on a terminal what runs now.
 */
final class ConsoleProgress implements Progress {

  private static final String CLEAR = "\r\033[K";

  private final PrintWriter err;
  private final Messages messages;
  private final boolean terminal;
  private final java.util.Set<String> running = new java.util.LinkedHashSet<>();

  ConsoleProgress(PrintWriter err, Messages messages, boolean terminal) {
    this.err = err;
    this.messages = messages;
    this.terminal = terminal;
  }

  @Override
  public synchronized void started(String step, int number, int total) {
    running.add(step);
    showRunning(number, total);
  }

  @Override
  public synchronized void finished(String step, int number, int total, Duration took, long rows) {
    running.remove(step);
    BigDecimal seconds = BigDecimal.valueOf(took.toMillis(), 3);
    line(
        rows < 0
            ? messages.text("progress.finished", number, total, step, seconds)
            : messages.text("progress.finished.rows", number, total, step, seconds, rows));
    showRunning(number, total);
  }

  @Override
  public synchronized void skipped(String step, int number, int total) {
    line(messages.text("progress.skipped", number, total, step));
  }

  @Override
  public synchronized void warned(String what) {
    line(messages.text("progress.warning", what));
  }

  private void line(String text) {
    err.println(terminal ? CLEAR + text : text);
    err.flush();
  }

  private void showRunning(int number, int total) {
    if (terminal) {
      String what = String.join(", ", running);
      err.print(
          CLEAR
              + (running.isEmpty() ? "" : messages.text("progress.running", number, total, what)));
      err.flush();
    }
  }
}
