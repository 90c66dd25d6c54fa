package io.recupero.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GatewayTest {

  private static final Pattern DOOR =
      Pattern.compile("\\{\"port\": (\\d+), \"secret\": \"([0-9a-f]{64})\"}\\R");

  @Test
  @Timeout(30)
  void theDoorIsOpenToTheSecretAloneAndOnlyWhileItsOwnerLives() throws Exception {
    PipedOutputStream owner = new PipedOutputStream();
    StringWriter said = new StringWriter();
    Thread serving = serving(new PipedInputStream(owner), said);
    while (!said.toString().endsWith("\n")) {
      Thread.sleep(20);
    }
    Matcher door = DOOR.matcher(said.toString());
    assertThat(door.matches()).isTrue();
    int port = Integer.parseInt(door.group(1));

    assertThat(greet(port, door.group(2))).startsWith("!y");
    assertThat(greet(port, "0".repeat(64))).doesNotStartWith("!y");

    owner.close();
    serving.join();
  }

  private static Thread serving(PipedInputStream until, StringWriter said) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Gateway.serve(new PrintWriter(said), until);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.start();
    return thread;
  }

  private static String greet(int port, String secret) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(("A\n" + secret + "\n").getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      byte[] answer = new byte[16];
      int length = Math.max(socket.getInputStream().read(answer), 0);
      return new String(answer, 0, length, StandardCharsets.UTF_8);
    }
  }
}
