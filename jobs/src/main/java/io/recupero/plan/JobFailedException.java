package io.recupero.plan;

import org.apache.spark.QueryContext;
import org.apache.spark.QueryContextType;
import org.apache.spark.SparkThrowable;

/** A job failed while it ran; what it wrote is not released. */
public final class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String job;

  /** Names the job, the cause and the remedy. */
  public JobFailedException(String job, Throwable cause) {
    super(message(job, cause, Remedy.of(cause)), cause);
    this.job = job;
  }

  private static String message(String job, Throwable cause, Remedy remedy) {
    if (remedy == Remedy.STOPPED) {
      return "The run was ended from outside while the job "
          + job
          + " ran. The last release stays. "
          + remedy.text();
    }
    String line = firstLine(cause);
    return "Cannot finish the job "
        + job
        + ": "
        + view(cause)
        + line
        + (line.endsWith(".") ? " " : ". ")
        + "The last release stays. "
        + remedy.text();
  }

  /** Returns the name of the job. */
  public String job() {
    return job;
  }

  /**
   * Returns the view of a mapping whose expression failed, as Spark names it; empty without one.
   */
  private static String view(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark) {
        for (QueryContext context : spark.getQueryContext()) {
          if (context.contextType() == QueryContextType.SQL && !context.objectName().isEmpty()) {
            return context.objectName() + ": ";
          }
        }
      }
    }
    return "";
  }

  /** Spark says that a task failed; why, its innermost cause says. */
  private static String firstLine(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }
}
