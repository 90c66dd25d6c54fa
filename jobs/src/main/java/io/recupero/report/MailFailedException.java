package io.recupero.report;

/** A report could not be sent; its files are there. */
public final class MailFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MailFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
