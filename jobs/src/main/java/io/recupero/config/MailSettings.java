package io.recupero.config;

import java.util.List;
import java.util.Optional;

/**
 * How reports are sent. The password is in no file: it is the variable {@link #PASSWORD}.
 *
 * @param host the SMTP server
 * @param port its port
 * @param starttls whether the connection must become an encrypted one before anything is said
 * @param user whom the server knows; empty where it asks nobody
 * @param from who sends
 * @param to who gets the reports; one at least
 */
public record MailSettings(
    String host, int port, boolean starttls, Optional<String> user, String from, List<String> to) {

  /** The environment variable with the password of {@link #user}. */
  public static final String PASSWORD = "RECUPERO_SMTP_PASSWORD";

  /** Keeps a copy. */
  public MailSettings {
    to = List.copyOf(to);
  }
}
