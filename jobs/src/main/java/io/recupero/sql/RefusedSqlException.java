package io.recupero.sql;

/** SQL from outside the program that may not run; the message says what of it, and what may. */
public final class RefusedSqlException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes the whole message. */
  public RefusedSqlException(String message) {
    super(message);
  }
}
