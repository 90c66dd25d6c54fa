package io.recupero.python;

/** A program in Python could not be installed, started, stopped or used; the message says how. */
public final class ProgramException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes what could not be done, why, and the remedy. */
  public ProgramException(String message) {
    super(message);
  }

  /** Takes the same, and what it came from. */
  public ProgramException(String message, Throwable cause) {
    super(message, cause);
  }
}
