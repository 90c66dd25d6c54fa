package io.recupero.plan;

/** A job failed while it ran; what it wrote is not released. */
public final class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String job;

  JobFailedException(String job, Throwable cause) {
    super("Cannot finish the job " + job + ": " + firstLine(cause), cause);
    this.job = job;
  }

  /** Returns the name of the job. */
  public String job() {
    return job;
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }
}
