package io.recupero.publish;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.security.sasl.AuthenticationException;
import org.apache.hive.service.auth.PasswdAuthenticationProvider;

/** Lets in who knows the password that the server was started with, whatever they are called. */
public final class ThriftPassword implements PasswdAuthenticationProvider {

  /** The variable that holds the password. */
  static final String VARIABLE = "RECUPERO_SPARK_SECRET";

  @Override
  public void Authenticate(String user, String password) throws AuthenticationException {
    String secret = System.getenv(VARIABLE);
    if (secret == null
        || secret.isEmpty()
        || !MessageDigest.isEqual(
            secret.getBytes(StandardCharsets.UTF_8),
            String.valueOf(password).getBytes(StandardCharsets.UTF_8))) {
      throw new AuthenticationException("Cannot log in as " + user + ": the password is another");
    }
  }
}
