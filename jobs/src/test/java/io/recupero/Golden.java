package io.recupero;

import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * The worked examples of the test resources: inputs with their answers, computed by other means.
 */
public final class Golden {

  private Golden() {}

  /** Returns the folder of the smaller example; the larger one is in its folder {@code larger}. */
  public static Path folder() {
    try {
      return Path.of(Golden.class.getResource("/golden").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
