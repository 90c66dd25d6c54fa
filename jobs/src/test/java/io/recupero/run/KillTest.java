package io.recupero.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.recupero.Golden;
import io.recupero.TestSpark;
import io.recupero.lake.Lake;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of the real program, killed by the operating system at any moment.
 *
 * <p>{@code -Dcampaign=true} kills {@code -Dkills=50} runs; otherwise two.
 */
class KillTest {

  private static final String AS_OF = "2024-06-30";
  private static final int LONGEST_SECONDS = 300;

  @TempDir Path folder;

  @Test
  @DisplayName("after any number of runs killed, the next one publishes what one run would have")
  void killed() throws Exception {
    long start = System.nanoTime();
    assertThat(run(folder.resolve("whole"), LONGEST_SECONDS * 1000L)).isZero();
    long took = (System.nanoTime() - start) / 1_000_000;

    int kills = Boolean.getBoolean("campaign") ? Integer.getInteger("kills", 50) : 2;
    Random random = new Random(kills);
    Path lake = folder.resolve("killed");
    int published = 0;
    for (int kill = 0; kill < kills; kill++) {
      if (run(lake, took / 4 + random.nextInt((int) took)) == 0) {
        // It was done before it was to be killed: the next one begins anew.
        assertThat(hashes(lake)).isEqualTo(hashes(folder.resolve("whole")));
        lake = folder.resolve("killed-" + ++published);
      }
    }
    assertThat(run(lake, LONGEST_SECONDS * 1000L)).isZero();
    assertThat(hashes(lake)).isEqualTo(hashes(folder.resolve("whole")));
  }

  /** Returns the exit code; that of the signal where the run was killed after so long. */
  private int run(Path lake, long milliseconds) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@jobs/jvm.options");
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-Drecupero.small=true"));
    command.add("-XX:ReservedCodeCacheSize=256m"); // as the launcher does: 48 MB are not enough
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.recupero.cli.Recupero", "run", "--quiet"));
    command.addAll(List.of("--input", Golden.folder().resolve("input").toString()));
    command.addAll(List.of("--lake", lake.toString(), "--as-of", AS_OF));
    command.addAll(List.of("--arrived-at", "2024-07-01T06:00:00Z"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("RECUPERO_TIMEZONE", "America/Santiago");
    builder.environment().put("RECUPERO_MAX_QUARANTINED_SHARE", "1");
    Path log = folder.resolve("run.log");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile())).start();
    if (!process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    int code = process.waitFor();
    // Killed is 128 + 9; anything else but 0 would be an error of its own.
    assertThat(code).as(() -> read(log)).isIn(0, 137);
    return code;
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Map<String, Long> hashes(Path folder) {
    Release release = Releases.of(folder).current().orElseThrow();
    return GoldRows.hashes(Lake.open(TestSpark.session(), folder), release);
  }
}
