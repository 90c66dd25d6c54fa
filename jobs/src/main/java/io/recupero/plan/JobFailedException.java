package io.recupero.plan;

/** A job failed while it ran; what it wrote is not released. */
public final class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String job;

  /** Names the job, the cause and the remedy. */
  public JobFailedException(String job, Throwable cause) {
    super(
        "Cannot finish the job "
            + job
            + ": "
            + firstLine(cause)
            + (firstLine(cause).endsWith(".") ? " " : ". ")
            + "The last release stays. "
            + Remedy.of(cause).text(),
        cause);
    this.job = job;
  }

  /** Returns the name of the job. */
  public String job() {
    return job;
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
