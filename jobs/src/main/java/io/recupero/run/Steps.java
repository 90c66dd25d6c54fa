package io.recupero.run;

import io.recupero.plan.JobFailedException;
import io.recupero.plan.Progress;
import java.time.Duration;
import java.util.function.Supplier;

/** Counts the steps of a run, those of its plan among them, as one row of numbers. */
final class Steps {

  private final Progress progress;
  private final int total;
  private int done;

  Steps(Progress progress, int total) {
    this.progress = progress;
    this.total = total;
  }

  <T> T run(String step, Supplier<T> work) {
    int number = ++done;
    progress.started(step, number, total);
    long start = System.nanoTime();
    T result = orFail(step, work);
    progress.finished(step, number, total, Duration.ofNanos(System.nanoTime() - start), -1);
    return result;
  }

  /** Runs a step that comes after all jobs; {@code left} steps are left then. */
  <T> T late(String step, int left, Supplier<T> work) {
    done = total - 1 - left;
    return run(step, work);
  }

  /** Our own messages say all there is to say; others are told with the step and a remedy. */
  private static <T> T orFail(String step, Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      if (e.getClass().getName().startsWith("io.recupero.")) {
        throw e;
      }
      throw new JobFailedException(step, e);
    }
  }

  void skip(String step) {
    progress.skipped(step, ++done, total);
  }

  /** Returns a listener for the plan, whose jobs come after the steps so far. */
  Progress jobs() {
    int before = done;
    return new Progress() {
      @Override
      public void started(String step, int number, int ofJobs) {
        progress.started(step, before + number, total);
      }

      @Override
      public void finished(String step, int number, int ofJobs, Duration took, long rows) {
        progress.finished(step, before + number, total, took, rows);
      }

      @Override
      public void skipped(String step, int number, int ofJobs) {
        progress.skipped(step, before + number, total);
      }
    };
  }
}
