package io.recupero.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeLockTest {

  @TempDir Path lake;

  @Test
  void aSecondRunIsRefusedAndToldWhoHoldsTheLake() {
    try (LakeLock held = LakeLock.take(lake, "recupero run --lake here")) {
      assertThatThrownBy(() -> LakeLock.take(lake, "recupero run"))
          .isInstanceOf(LakeHeldException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("recupero run --lake here");
      assertThat(held).isNotNull();
    }
    LakeLock.take(lake, "recupero run").close();
  }

  @Test
  void theLockOfADeadProcessIsFree() throws IOException {
    Files.writeString(
        lake.resolve(".lock"), "{\"pid\":\"1\",\"started\":\"\",\"command\":\"killed\"}");

    LakeLock.take(lake, "recupero run").close();
  }

  @Test
  void anotherProcessIsRefusedUntilTheHolderIsKilled() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holding.class.getName(),
                lake.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader says = holder.inputReader()) {
      assertThat(says.readLine()).isEqualTo("held");
      assertThatThrownBy(() -> LakeLock.take(lake, "mine"))
          .isInstanceOf(LakeHeldException.class)
          .hasMessageContaining("process " + holder.pid())
          .hasMessageContaining("another process");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    LakeLock.take(lake, "mine").close();
  }

  /** Takes the lock in a process of its own, and waits to be killed. */
  static final class Holding {
    public static void main(String[] args) throws Exception {
      LakeLock.take(Path.of(args[0]), "another process");
      System.out.println("held");
      Thread.sleep(60_000);
    }
  }
}
