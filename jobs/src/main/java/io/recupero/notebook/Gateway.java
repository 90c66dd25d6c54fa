package io.recupero.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import py4j.ClientServer;

/**
 * The door through which Python reaches this JVM, on this machine alone and with a secret.
 *
 * <p>What stands behind it is the program itself, with its jar, class path and settings: pyspark is
 * only the language. It is the kind of door that pyspark expects where each of its threads has one
 * of Java's.
 */
public final class Gateway {

  private static final int SECRET_BYTES = 32;

  private Gateway() {}

  /**
   * Opens the door, tells where it is in one line of JSON ({@code port}, {@code secret}), and
   * leaves it open until {@code until} ends: when the program that started this one is gone.
   */
  public static void serve(PrintWriter out, InputStream until) throws IOException {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    String word = HexFormat.of().formatHex(secret);
    ClientServer server =
        new ClientServer.ClientServerBuilder(new Gateway())
            .javaPort(0)
            .javaAddress(InetAddress.getLoopbackAddress())
            .authToken(word)
            .build();
    server.startServer(true);
    try {
      int port = server.getJavaServer().getListeningPort();
      out.println("{\"port\": " + port + ", \"secret\": \"" + word + "\"}");
      out.flush();
      until.transferTo(OutputStream.nullOutputStream());
    } finally {
      server.shutdown();
    }
  }

  /**
   * Opens a lake, from Python.
   *
   * @param release its number; null for the current one
   */
  public NotebookLake open(String folder, Long release) {
    return NotebookLake.open(folder, release);
  }
}
