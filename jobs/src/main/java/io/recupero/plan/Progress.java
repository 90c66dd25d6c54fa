package io.recupero.plan;

import java.time.Duration;

/** Is told how far a run has come. Calls may come from several threads at once. */
public interface Progress {

  /** Listens to nothing. */
  Progress NONE = new Progress() {};

  /** A run begins, of this id. */
  default void began(String runId) {}

  /** A step starts; its work is measured in steps, of which {@code total} are known so far. */
  default void started(String step, int number, int total) {}

  /** A step has ended well; {@code rows} were written, -1 where nobody counted. */
  default void finished(String step, int number, int total, Duration took, long rows) {}

  /** Something that a person should look at, though the run goes on. */
  default void warned(String what) {}

  /** A step need not run: nothing that it depends on has moved. */
  default void skipped(String step, int number, int total) {}
}
