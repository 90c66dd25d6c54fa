package io.recupero;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Public data beside the repository; tests that need it are skipped where it is not there. */
public final class Shared {

  private Shared() {}

  /** Returns the folder, or skips the test and says why. */
  public static Path folder(String name) {
    String root = System.getenv().getOrDefault("RECUPERO_SHARED", "../shared");
    Path folder = Path.of(System.getProperty("RECUPERO_SHARED", root), name);
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "Skipped: " + folder + " is not there; set RECUPERO_SHARED");
    return folder;
  }
}
