package io.recupero.watch;

import io.recupero.config.InvalidConfigException;
import io.recupero.plan.JobFailedException;
import io.recupero.plan.QualityLimitException;
import io.recupero.rules.InvalidRulesException;
import io.recupero.source.SourceException;
import java.io.IOException;

/**
 * Why a run did not publish.
 *
 * @param job the job or step that failed; null before the first
 * @param cause what happened
 * @param remedy what to do
 */
public record Failure(String job, String cause, String remedy) {

  private static final String AGAIN =
      "Nothing of this run was published, and the next one takes back what it wrote: once the cause"
          + " is mended, run again.";

  /** Tells a failure of a step; {@code step} is the one that ran, or null. */
  public static Failure of(Throwable problem, String step) {
    String job = problem instanceof JobFailedException failed ? failed.job() : step;
    return new Failure(job, cause(problem), remedy(problem));
  }

  private static String cause(Throwable problem) {
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }

  private static String remedy(Throwable problem) {
    if (problem instanceof QualityLimitException || problem instanceof SourceException) {
      return "Mend the files that the cause names. " + AGAIN;
    }
    if (problem instanceof InvalidRulesException || problem instanceof InvalidConfigException) {
      return "Correct the settings or rules that the cause names. " + AGAIN;
    }
    for (Throwable at = problem; at != null; at = at.getCause()) {
      if (at instanceof OutOfMemoryError) {
        return "Give the process more memory by RECUPERO_HEAP. " + AGAIN;
      }
      if (at instanceof IOException && String.valueOf(at.getMessage()).contains("No space left")) {
        return "Make room on the disk of the lake and of temporary files. " + AGAIN;
      }
    }
    return "LAKE/logs/recupero.log has the details. " + AGAIN;
  }
}
