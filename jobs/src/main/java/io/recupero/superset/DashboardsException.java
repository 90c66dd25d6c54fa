package io.recupero.superset;

/**
 * The dashboards could not be started, stopped, brought in or drawn; the message says the remedy.
 */
public final class DashboardsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DashboardsException(String message) {
    super(message);
  }

  DashboardsException(String message, Throwable cause) {
    super(message, cause);
  }
}
