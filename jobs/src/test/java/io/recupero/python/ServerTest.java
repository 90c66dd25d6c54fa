package io.recupero.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {

  @TempDir private Path folder;

  @Test
  void aPortInUseIsRefusedBeforeAnythingIsStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Server.refuseTaken(taken.getLocalPort()))
          .isInstanceOf(ProgramException.class)
          .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("--port");
    }
  }

  @Test
  void anIdThatNowBelongsToAnotherProgramIsNotOurServer() throws Exception {
    Home home = new Home(folder, "dashboards");
    // This very process: alive, and no server of that home.
    Files.writeString(home.pidFile(), Long.toString(ProcessHandle.current().pid()));

    assertThat(new Server(home, "health").process()).isEmpty();
    assertThat(new Server(home, "health").stop()).isFalse();
    assertThat(home.pidFile()).doesNotExist();
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void aHomeIsHeldByOneCommandAtATimeAndReadByItsOwnerAlone() throws Exception {
    Home home = new Home(folder.resolve("home"), "dashboards");
    try (var held = home.hold()) {
      assertThatThrownBy(home::hold)
          .isInstanceOf(ProgramException.class)
          .hasMessageContaining("Wait for it to end");
      assertThat(Files.getPosixFilePermissions(home.folder())).hasSize(3);
    }
    home.hold().close();
  }

  @Test
  void aProgramThatFailsIsToldWithItsLastWords() throws Exception {
    Child child = new Child(folder.resolve("log"), java.util.Map.of());
    assertThat(child.run("say hello", java.util.List.of("echo", "hello"))).isEqualTo("hello\n");
    assertThatThrownBy(
            () -> child.run("boil", java.util.List.of("sh", "-c", "echo no water >&2; exit 3")))
        .hasMessageContaining("Cannot boil. It ended with code 3")
        .hasMessageContaining("no water")
        .hasMessageContaining(folder.resolve("log").toString());
  }
}
