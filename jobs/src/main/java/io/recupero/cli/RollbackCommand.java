package io.recupero.cli;

import io.recupero.lake.LakeLock;
import io.recupero.lake.Release;
import io.recupero.lake.Releases;
import io.recupero.lake.Rollback;
import io.recupero.publish.ServingFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an earlier release the current one again. */
@Command(name = "rollback")
final class RollbackCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Common common;

  @Option(names = "--to", paramLabel = "NUMBER", required = true, descriptionKey = "rollback-to")
  private long number;

  @Override
  public Integer call() {
    Path lake = common.lake();
    Release before = ReleaseOf.current(lake);
    try (LakeLock lock = LakeLock.take(lake, spec.qualifiedName())) {
      Release now = Rollback.run(Releases.of(lake), number);
      ServingFile.write(lake, now);
      common.say("rollback.done", now.number(), number, now.asOf().toString());
      for (String batch : Rollback.setAside(before, now)) {
        common.say("rollback.set_aside", batch, lake.resolve("bronze").resolve(batch).toString());
      }
    }
    return 0;
  }
}
