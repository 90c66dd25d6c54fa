package io.recupero.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Short hashes of what people write: a job whose files' hashes stand need not run again. */
public final class Fingerprint {

  /** Bytes kept of the hash: enough to tell versions of one file apart, short enough to read. */
  private static final int BYTES = 6;

  private Fingerprint() {}

  /** Returns the hashes of the tables' contracts, by file, as {@link Job#settings()} tells them. */
  public static Map<String, String> ofContracts(Collection<String> tables) {
    Map<String, String> hashes = new TreeMap<>();
    for (String table : tables) {
      String file = "schemas/contracts/" + table + ".yaml";
      hashes.put(file, of(file));
    }
    return hashes;
  }

  /** Returns the hash of a file of {@code schemas/}, by its name on the class path. */
  public static String of(String resource) {
    try (InputStream stream = Fingerprint.class.getResourceAsStream("/" + resource)) {
      if (stream == null) {
        throw new IllegalStateException(
            "Cannot find /"
                + resource
                + " on the class path. Build the program again with its schemas/.");
      }
      return of(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  /** Returns the hash of a file's text. */
  public static String ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String of(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot hash: this Java lacks SHA-256", e);
    }
  }
}
